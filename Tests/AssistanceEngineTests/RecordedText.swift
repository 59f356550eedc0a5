import AssistancePolicy
import Glibc
import Testing

/// Texts that are kept as files, so that a change of a text is seen as a change of a file.
enum RecordedText {
    /// Expects a text to be what the file holds. With `JIUZHU_RECORD=1` in the environment the file is written instead.
    static func expect(_ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = Repository.root + "/" + path
        if getenv("JIUZHU_RECORD") != nil {
            guard let stream = fopen(file, "w") else {
                Issue.record("\(path) cannot be written", sourceLocation: sourceLocation)
                return
            }
            fputs(text, stream)
            fclose(stream)
            return
        }
        let known = PolicyFiles.read(file).map { String(decoding: $0, as: UTF8.self) }
        #expect(text == known, "differs from \(path); JIUZHU_RECORD=1 writes it anew", sourceLocation: sourceLocation)
    }
}
