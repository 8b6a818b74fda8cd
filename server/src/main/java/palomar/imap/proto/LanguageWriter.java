package palomar.imap.proto;

import java.io.IOException;
import java.util.List;
import palomar.bytes.ByteOutput;

/// Prints `* LANGUAGE (en de i-default)`. RFC 5255 3.3
///
/// @param writer where it goes
public record LanguageWriter(ResponseWriter writer) {

    public void languages(List<Language> languages) throws IOException {
        ByteOutput out = writer.output();
        String before = "* LANGUAGE (";
        for (Language language : languages) {
            out.ascii(before);
            writer.astring(language.tag());
            before = " ";
        }
        out.write(')');
        out.crlf();
    }
}
