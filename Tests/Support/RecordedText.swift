import AssistancePolicy
import Glibc
import Testing

/// Texts that are kept as files, so that a change of a text is seen as a change of a file.
public enum RecordedText {
    /// Expects a text to be what the file holds. With `JIUZHU_RECORD=1` in the environment the file is written instead.
    public static func expect(
        _ text: String, at path: String, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
        column: Int = #column
    ) {
        let place = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
        let file = Repository.root + "/" + path
        if getenv("JIUZHU_RECORD") != nil {
            guard let stream = fopen(file, "w") else {
                Issue.record("\(path) cannot be written", sourceLocation: place)
                return
            }
            fputs(text, stream)
            fclose(stream)
        } else if PolicyFiles.read(file) != Array(text.utf8) {
            Issue.record("this differs from \(path); JIUZHU_RECORD=1 writes it anew", sourceLocation: place)
        }
    }
}
