package palomar.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import palomar.bytes.ByteSource;
import palomar.convert.Conversion;
import palomar.convert.ConversionLimits;
import palomar.convert.Conversions;
import palomar.convert.HeaderConversion;
import palomar.convert.MediaType;
import palomar.convert.PartContent;
import palomar.convert.Unconvertible;

/// Whatever a part or a header is made of: it is converted within the limits or refused, and nothing throws.
///
/// The first byte says what the others are: `H` a header, `T` HTML, `I` an image, anything else plain text.
public final class ConvertFuzz {
    /// Worth mutating.
    static final List<String> SEEDS = List.of(
            "HSubject: =?iso-8859-1?Q?J=F6rg?= =?iso-8859-1?B?9g==?=\r\n =?koi8-r?q?=F1?= x\r\n\r\n",
            "HContent-Type: a/b;\r\n x*0*=utf-8'fr'tr%c0;\r\n x*1*(very)=%03s;\r\n x*2=(nasty)\"a\\\"b\"; y=z\r\n\r\n",
            "T<html><head><meta charset=koi8-r></head><h1>a</h1><ul><li>b<ol start=3><li>c</ol></ul><pre>d\te\nf</pre>",
            "T<blockquote>a<blockquote><p>b<br><br>c</blockquote></blockquote><a href='http://x.example/'>y</a><hr>",
            "T<table><tr><td>a<td>b<tr><td><img src=x alt=y></table><dl><dt>c<dd>d</dl><div hidden>e</div>&nbsp;f",
            "IGIF89a\2\0\2\0\u0080\0\0\377\0\0\0\0\377,\0\0\0\0\2\0\2\0\0\2\2\204Q\0;",
            "Pplain \303\274\303\237 \342\202\254 text\r\n");

    private static final ConversionLimits LIMITS = new ConversionLimits(1 << 20, 100_000);

    private ConvertFuzz() {}

    public static void fuzz(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        ByteSource content = ByteSource.of(Arrays.copyOfRange(input, 1, input.length));
        String charset = input[1] % 2 == 0 ? "us-ascii" : "utf-8";
        try {
            if (input[0] == 'H') {
                HeaderConversion.convert(content, Map.of("charset", charset));
            } else {
                convert(input[0], content, charset);
            }
        } catch (Unconvertible refused) {
            if (refused.why().isEmpty()) {
                throw new AssertionError("refused without a word");
            }
        }
    }

    private static void convert(byte kind, ByteSource content, String charset) throws IOException, Unconvertible {
        String from = switch (kind) {
            case 'T' -> "text/html";
            case 'I' -> "image/gif";
            default -> "text/plain";
        };
        boolean image = kind == 'I';
        Conversion conversion = Conversions.find(type(from), type(image ? "image/png" : "text/plain"))
                .orElseThrow();
        Map<String, String> asked =
                image ? Map.of("pix-x", "20") : Map.of("charset", charset, "unknown-character-replacement", "?");
        byte[] result = conversion
                .convert(new PartContent(type(from), "", content), asked, LIMITS)
                .bytes();
        if (result.length > LIMITS.bytes()) {
            throw new AssertionError(result.length + " bytes, more than the limit");
        }
        if (!image
                && charset.equals("us-ascii")
                && !StandardCharsets.US_ASCII.newEncoder().canEncode(ascii(result))) {
            throw new AssertionError("not in the charset that was asked for");
        }
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static MediaType type(String text) {
        return MediaType.parse(text).orElseThrow();
    }
}
