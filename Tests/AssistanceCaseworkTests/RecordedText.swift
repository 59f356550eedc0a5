import Glibc
import Testing

/// Texts that are kept as files, so that a change of a text is seen as a change of a file.
enum RecordedText {
    /// Expects a text to be what the file holds. With `JIUZHU_RECORD=1` in the environment the file is written instead.
    static func expect(_ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = SampleDesk.root + "/" + path
        if getenv("JIUZHU_RECORD") != nil {
            let stream = try #require(fopen(file, "w"), "\(path) cannot be written", sourceLocation: sourceLocation)
            fputs(text, stream)
            fclose(stream)
            return
        }
        let known = try String(decoding: SampleDesk.bytes(of: file), as: UTF8.self)
        #expect(text == known, "differs from \(path); JIUZHU_RECORD=1 writes it anew", sourceLocation: sourceLocation)
    }
}
