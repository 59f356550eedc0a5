import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.PointerByReference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decides about households from Java, through JNA: no code in C, and nothing to compile but this.
 *
 * <pre>java -Djna.library.path=/usr/lib -cp jna.jar:. Assess POLICIES FILE...</pre>
 */
public final class Assess {
    /** What of jiuzhu.h is used here, as it stands there. */
    public interface Jiuzhu extends Library {
        int JZ_OK = 0;
        int JZ_ELIGIBLE = 1;

        int jz_policy_load(
                byte[] folder, long folderSize, byte[] jurisdiction, long jurisdictionSize, Pointer options,
                PointerByReference out, PointerByReference error);

        void jz_policy_free(Pointer policy);

        int jz_builder_new(Pointer policy, PointerByReference out, PointerByReference error);

        int jz_builder_read_json(
                Pointer builder, byte[] json, long jsonSize, AssessOptions options, PointerByReference error);

        void jz_builder_free(Pointer builder);

        int jz_assess(
                Pointer policy, Pointer builder, AssessOptions options, PointerByReference out,
                PointerByReference error);

        int jz_result_program(
                Pointer result, long household, long program, ProgramInfo out, PointerByReference error);

        void jz_result_free(Pointer result);

        View.ByValue jz_error_message(Pointer error);

        void jz_error_free(Pointer error);
    }

    /** jz_view: it belongs to the handle it came from. */
    @Structure.FieldOrder({"data", "size"})
    public static class View extends Structure {
        public Pointer data;
        public long size;

        /** As a function gives it back. */
        public static class ByValue extends View implements Structure.ByValue {}

        String text() {
            return size == 0 ? "" : new String(data.getByteArray(0, (int) size), StandardCharsets.UTF_8);
        }
    }

    /** jz_assess_options. */
    @Structure.FieldOrder({"structSize", "flags", "date", "knownOn", "stage", "reserved"})
    public static class AssessOptions extends Structure {
        public int structSize = size();
        public int flags;
        public int date;
        public int knownOn;
        public int stage;
        public int reserved;
    }

    /** jz_program_info. */
    @Structure.FieldOrder({
        "structSize", "status", "id", "labelZh", "labelEn", "benefitCount", "flags", "leastFen", "mostFen"
    })
    public static class ProgramInfo extends Structure {
        public int structSize;
        public int status;
        public View id;
        public View labelZh;
        public View labelEn;
        public int benefitCount;
        public int flags;
        public long[] leastFen = new long[3];
        public long[] mostFen = new long[3];

        ProgramInfo() {
            structSize = size();
        }
    }

    /** What the library says of a mistake. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message);
        }
    }

    private static final Jiuzhu LIBRARY = Native.load("jiuzhu", Jiuzhu.class);
    private static final String[] STATUSES = {"ineligible", "eligible", "undetermined"};

    /** Throws what a call says, and frees it. */
    private static void check(int code, PointerByReference error) throws Mistake {
        if (code == Jiuzhu.JZ_OK) return;
        String message = LIBRARY.jz_error_message(error.getValue()).text();
        LIBRARY.jz_error_free(error.getValue());
        throw new Mistake(message);
    }

    /** Fen as yuan; no sum is ever a floating-point number. */
    private static String yuan(long fen) {
        return fen / 100 + "." + String.format("%02d", fen % 100);
    }

    /** What is said of the first programme for the household of a file. */
    private static String decide(Pointer policy, Path file) throws Exception {
        PointerByReference error = new PointerByReference();
        PointerByReference builder = new PointerByReference();
        PointerByReference result = new PointerByReference();
        AssessOptions options = new AssessOptions();
        options.date = 20260901;
        byte[] json = Files.readAllBytes(file);
        String name = file.getFileName() + ": ";
        try {
            check(LIBRARY.jz_builder_new(policy, builder, error), error);
            check(LIBRARY.jz_builder_read_json(builder.getValue(), json, json.length, options, error), error);
            check(LIBRARY.jz_assess(policy, builder.getValue(), options, result, error), error);
            ProgramInfo program = new ProgramInfo();
            check(LIBRARY.jz_result_program(result.getValue(), 0, 0, program, error), error);
            String text = name + program.labelZh.text() + " " + STATUSES[program.status];
            if (program.status == Jiuzhu.JZ_ELIGIBLE) text += ", " + yuan(program.leastFen[0]) + " yuan a month";
            return text;
        } catch (Mistake mistake) {
            return name + "wrong: " + mistake.getMessage();
        } finally {
            LIBRARY.jz_result_free(result.getValue());
            LIBRARY.jz_builder_free(builder.getValue());
        }
    }

    public static void main(String[] arguments) throws Exception {
        byte[] folder = arguments[0].getBytes(StandardCharsets.UTF_8);
        byte[] jurisdiction = "heilongjiang".getBytes(StandardCharsets.UTF_8);
        PointerByReference policy = new PointerByReference();
        PointerByReference error = new PointerByReference();
        check(
                LIBRARY.jz_policy_load(
                        folder, folder.length, jurisdiction, jurisdiction.length, Pointer.NULL, policy, error),
                error);
        // One policy for all threads; each call has its own builder, result and error.
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<String>> answers = new ArrayList<>();
        for (int place = 1; place < arguments.length; place++) {
            Path file = Path.of(arguments[place]);
            answers.add(threads.submit(() -> decide(policy.getValue(), file)));
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (Future<String> answer : answers) out.println(answer.get());
        threads.shutdown();
        LIBRARY.jz_policy_free(policy.getValue());
    }
}
