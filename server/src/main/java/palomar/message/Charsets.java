package palomar.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Charsets by the names that mail uses. Malformed input becomes U+FFFD, an unknown charset is guessed. Safe
/// for many threads.
public final class Charsets {
    private static final Charset WINDOWS_1252 = known("windows-1252", StandardCharsets.ISO_8859_1);
    private static final char REPLACEMENT = '\ufffd';
    private static final int MOST_REMEMBERED = 500;
    private static final int LONGEST_NAME = 60;
    private static final Map<String, Optional<Charset>> BY_NAME = new ConcurrentHashMap<>();

    /// Wrong, old or vendors' names, and charsets whose superset is what is really meant.
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("utf8", "utf-8"),
            Map.entry("utf-8-sig", "utf-8"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-6-i", "iso-8859-6"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("windows-874", "x-windows-874"),
            Map.entry("cp-850", "ibm850"),
            Map.entry("x-mac-roman", "x-macroman"),
            Map.entry("macintosh", "x-macroman"),
            Map.entry("koi8r", "koi8-r"),
            Map.entry("ansi_x3.4-1968", "us-ascii"),
            Map.entry("ascii", "us-ascii"),
            Map.entry("7bit", "us-ascii"));

    /// What mail is written in, as far as this JVM has it; there are many more.
    private static final List<String> COMMON = Stream.of(
                    "US-ASCII",
                    "UTF-8",
                    "ISO-8859-1",
                    "ISO-8859-2",
                    "ISO-8859-15",
                    "windows-1250",
                    "windows-1251",
                    "windows-1252",
                    "KOI8-R",
                    "GB18030",
                    "Big5",
                    "ISO-2022-JP",
                    "EUC-JP",
                    "Shift_JIS",
                    "EUC-KR")
            .filter(Charset::isSupported)
            .toList();

    private Charsets() {}

    /// Names of charsets in which clients may search: not all of them, but those that are in wide use.
    public static List<String> common() {
        return COMMON;
    }

    /// The JDK's charset for a name in any case; empty for unknown ones and for UTF-7, which the JDK does not
    /// have.
    public static Optional<Charset> find(String name) {
        String key = RawText.lowerAscii(name);
        Optional<Charset> remembered = BY_NAME.get(key);
        if (remembered != null) {
            return remembered;
        }
        Optional<Charset> found = lookUp(key);
        if (BY_NAME.size() < MOST_REMEMBERED) {
            BY_NAME.put(key, found);
        }
        return found;
    }

    /// Does the server know this charset, for SEARCH CHARSET and for text?
    public static boolean isKnown(String name) {
        return isUtf7(name) || find(name).isPresent();
    }

    static boolean isUtf7(String name) {
        return name.equalsIgnoreCase("utf-7")
                || name.equalsIgnoreCase("unicode-1-1-utf-7")
                || name.equalsIgnoreCase("utf7");
    }

    /// US-ASCII is what senders say when they don't know: then, as without any charset, the bytes themselves
    /// decide.
    static boolean isVague(String name) {
        return name.isEmpty()
                || find(name).filter(c -> c != StandardCharsets.US_ASCII).isEmpty() && !isUtf7(name);
    }

    /// Text of these bytes; never fails.
    public static String decode(byte[] bytes, String charset) {
        return decode(bytes, bytes.length, charset);
    }

    /// Text of the first `length` bytes.
    static String decode(byte[] bytes, int length, String charset) {
        if (isUtf7(charset)) {
            return Utf7.decode(Arrays.copyOf(bytes, length));
        }
        return isVague(charset)
                ? guess(bytes, length)
                : new String(bytes, 0, length, find(charset).orElse(WINDOWS_1252));
    }

    /// UTF-8 when the bytes are valid UTF-8, else Windows-1252.
    public static String guess(byte[] bytes) {
        return guess(bytes, bytes.length);
    }

    private static String guess(byte[] bytes, int length) {
        String lenient = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (lenient.indexOf(REPLACEMENT) < 0) {
            return lenient;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, 0, length, WINDOWS_1252);
        }
    }

    private static Optional<Charset> lookUp(String key) {
        String name = ALIASES.getOrDefault(key, key);
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static Charset known(String name, Charset otherwise) {
        return Charset.isSupported(name) ? Charset.forName(name) : otherwise;
    }
}
