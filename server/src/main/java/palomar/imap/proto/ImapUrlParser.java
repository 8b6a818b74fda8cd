package palomar.imap.proto;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import palomar.bytes.ByteInput;
import palomar.bytes.MemoryOutput;

/// The text of an IMAP URL, from left to right. RFC 5092 11, RFC 4467 9. One use, one thread.
final class ImapUrlParser {
    private static final String SCHEME = "imap://";

    private final String text;
    private final Limits limits;
    private int at;

    ImapUrlParser(String text, Limits limits) {
        this.text = text;
        this.limits = limits;
    }

    ImapUrl parse() throws SyntaxException {
        Optional<ImapUrl.Server> server = Optional.empty();
        if (skip(SCHEME) || skip("//")) {
            server = Optional.of(server());
            require("/", "a mailbox behind the server");
        } else if (!skip("/") && !startsWith(";UID=")) {
            throw new SyntaxException("neither an absolute URL nor a path of this server");
        }
        Optional<String> mailbox = Optional.empty();
        long uidValidity = 0;
        if (!startsWith(";UID=") || server.isPresent() || at > 0) {
            mailbox = Optional.of(mailbox());
            if (skip(";UIDVALIDITY=")) {
                uidValidity = number("UIDVALIDITY");
                require("/", "/;UID=");
            }
        }
        require(";UID=", "the UID of a message");
        long uid = number("UID");
        Section section = skip("/;SECTION=") ? section() : Section.WHOLE;
        Optional<PartialRange> partial = skip("/;PARTIAL=") ? Optional.of(partial()) : Optional.empty();
        Optional<Instant> expires = skip(";EXPIRE=") ? Optional.of(dateTime()) : Optional.empty();
        Optional<ImapUrl.Access> access = Optional.empty();
        Optional<ImapUrl.Token> token = Optional.empty();
        if (skip(";URLAUTH=")) {
            access = Optional.of(access());
            token = at < text.length() ? Optional.of(token()) : Optional.empty();
        } else if (expires.isPresent()) {
            throw new SyntaxException("EXPIRE without URLAUTH");
        }
        if (at < text.length()) {
            throw new SyntaxException("there is more than a message's URL: " + shown());
        }
        return new ImapUrl(server, mailbox, uidValidity, uid, section, partial, expires, access, token);
    }

    // ---- text

    private boolean startsWith(String word) {
        return text.regionMatches(true, at, word, 0, word.length());
    }

    private boolean skip(String word) {
        if (!startsWith(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private void require(String word, String what) throws SyntaxException {
        if (!skip(word)) {
            throw new SyntaxException("the URL names no message: expected " + what + shown());
        }
    }

    private String shown() {
        return at < text.length() ? ", not '" + text.charAt(at) + "'" : ", not its end";
    }

    private long number(String what) throws SyntaxException {
        int start = at;
        long value = 0;
        while (at < text.length() && Bytes.isDigit(text.charAt(at)) && value <= Ranges.MAX) {
            value = value * 10 + (text.charAt(at++) - '0');
        }
        if (at == start || value < 1 || value > Ranges.MAX || text.charAt(start) == '0') {
            throw new SyntaxException(what + " in the URL is no number from 1 to 4294967295");
        }
        return value;
    }

    private static boolean isUnreserved(char c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || Bytes.isDigit(c)
                || "-._~".indexOf(c) >= 0
                || "!$'()*+,".indexOf(c) >= 0;
    }

    /// achar: without the characters that divide a path.
    private static boolean isWithin(char c) {
        return isUnreserved(c) || c == '&' || c == '=';
    }

    /// bchar
    private static boolean isPath(char c) {
        return isWithin(c) || c == ':' || c == '@' || c == '/';
    }

    /// What percent signs hide in `text[from, to)`, which must be UTF-8 without control characters.
    private String decoded(int from, int to, String what) throws SyntaxException {
        MemoryOutput bytes = new MemoryOutput(to - from);
        try {
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                if (c != '%') {
                    bytes.write(c);
                    continue;
                }
                int high = digit(i + 1, to);
                int low = digit(i + 2, to);
                if (high < 0 || low < 0) {
                    throw new SyntaxException("a percent sign without two hexadecimal digits in the URL");
                }
                bytes.write(high << 4 | low);
                i += 2;
            }
        } catch (IOException impossible) {
            throw new SyntaxException("the URL is too long");
        }
        byte[] raw = bytes.toByteArray();
        String decoded = Decoding.utf8(raw, raw.length)
                .orElseThrow(() -> new SyntaxException(what + " in the URL is not UTF-8"));
        if (decoded.isEmpty() || decoded.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new SyntaxException("no " + what + " in the URL, or one with control characters");
        }
        return decoded;
    }

    private int digit(int index, int to) {
        return index < to && isHex(text.charAt(index)) ? Character.digit(text.charAt(index), 16) : -1;
    }

    // ---- the server

    /// iserver without the slash. RFC 5092 11
    private ImapUrl.Server server() throws SyntaxException {
        int end = text.indexOf('/', at);
        end = end < 0 ? text.length() : end;
        int sign = text.lastIndexOf('@', end - 1);
        Optional<String> user = Optional.empty();
        if (sign >= at) {
            user = user(sign);
            at = sign + 1;
        }
        String host = text.substring(at, end);
        int port = host.lastIndexOf(':');
        if (port >= 0 && host.indexOf(']', port) < 0) {
            if (!host.substring(port + 1).chars().allMatch(Bytes::isDigit)) {
                throw new SyntaxException("the URL's port is no number");
            }
            host = host.substring(0, port);
        }
        if (host.isEmpty() || !host.chars().allMatch(c -> isHost((char) c))) {
            throw new SyntaxException("the URL names no host");
        }
        at = end;
        return new ImapUrl.Server(user, host);
    }

    private static boolean isHost(char c) {
        return isUnreserved(c) || c == '[' || c == ']' || c == ':' || c == '%' || c == '=' || c == '&';
    }

    /// enc-user with its mechanism, up to the `@`.
    private Optional<String> user(int end) throws SyntaxException {
        int start = at;
        while (at < end && (isWithin(text.charAt(at)) || text.charAt(at) == '%')) {
            at++;
        }
        Optional<String> user = at == start ? Optional.empty() : Optional.of(decoded(start, at, "user"));
        if (at < end) {
            boolean mechanism = skip(";AUTH=") && at < end;
            while (at < end && (isWithin(text.charAt(at)) || text.charAt(at) == '%')) {
                at++;
            }
            if (!mechanism || at < end) {
                throw new SyntaxException("the URL's user is malformed");
            }
        }
        return user;
    }

    // ---- the path

    /// enc-mailbox, up to its parameters; the slash before `;UID=` is taken too.
    private String mailbox() throws SyntaxException {
        int start = at;
        while (at < text.length() && (isPath(text.charAt(at)) || text.charAt(at) == '%')) {
            at++;
        }
        int end = startsWith(";UID=") && at > start && text.charAt(at - 1) == '/' ? at - 1 : at;
        String path = "/" + text.substring(start, end) + "/";
        if (path.contains("/./") || path.contains("/../")) {
            throw new SyntaxException("dots as a level in the URL's path");
        }
        if (end == at && !startsWith(";UIDVALIDITY=")) {
            throw new SyntaxException("the URL names no message: expected /;UID=" + shown());
        }
        return decoded(start, end, "mailbox");
    }

    /// section-spec, percent-encoded.
    private Section section() throws SyntaxException {
        int start = at;
        while (at < text.length() && (isPath(text.charAt(at)) || text.charAt(at) == '%') && !startsWith("/;")) {
            at++;
        }
        byte[] bytes = ("[" + decoded(start, at, "section") + "]\r\n").getBytes(StandardCharsets.UTF_8);
        Arguments args = new Arguments(new LineInput(
                new Memory(bytes),
                () -> {
                    throw new EOFException("a URL has no literals");
                },
                limits));
        args.begin("the URL");
        try {
            Section section = new FetchParser(args).section();
            args.end();
            return section;
        } catch (IOException ended) {
            throw new SyntaxException("the URL's section is malformed");
        }
    }

    private static final class Memory extends ByteInput {
        Memory(byte[] bytes) {
            buffer = bytes;
            limit = bytes.length;
        }

        @Override
        protected boolean refill() {
            return false;
        }
    }

    /// `number["." nz-number]`
    private PartialRange partial() throws SyntaxException {
        long offset = startsWith("0") && !isDigitAt(at + 1) ? zero() : number("PARTIAL");
        long count = skip(".") ? number("PARTIAL") : Long.MAX_VALUE;
        return new PartialRange(offset, count);
    }

    private long zero() {
        at++;
        return 0;
    }

    private boolean isDigitAt(int index) {
        return index < text.length() && Bytes.isDigit(text.charAt(index));
    }

    // ---- URLAUTH: RFC 4467 9

    /// date-time of RFC 3339
    private Instant dateTime() throws SyntaxException {
        int start = at;
        while (at < text.length() && text.charAt(at) != ';') {
            at++;
        }
        String date = text.substring(start, at).toUpperCase(Locale.ROOT);
        boolean whole = date.length() >= 20 && date.charAt(10) == 'T' && date.charAt(16) == ':';
        try {
            if (whole) {
                return OffsetDateTime.parse(date).toInstant();
            }
        } catch (DateTimeException e) {
            // told below, in our words
        }
        throw new SyntaxException("EXPIRE in the URL is no date as 2026-12-31T23:59:59Z");
    }

    private ImapUrl.Access access() throws SyntaxException {
        if (skip("submit+")) {
            return new ImapUrl.Submit(accessUser());
        }
        if (skip("user+")) {
            return new ImapUrl.OneUser(accessUser());
        }
        if (skip("authuser")) {
            return new ImapUrl.AuthUser();
        }
        if (skip("anonymous")) {
            return new ImapUrl.Anonymous();
        }
        throw new SyntaxException("the URL's access identifier is not known");
    }

    private String accessUser() throws SyntaxException {
        int start = at;
        while (at < text.length() && (isWithin(text.charAt(at)) || text.charAt(at) == '%')) {
            at++;
        }
        return decoded(start, at, "user");
    }

    private ImapUrl.Token token() throws SyntaxException {
        String rump = text.substring(0, at);
        int colon = text.indexOf(':', at + 1);
        if (text.charAt(at) != ':' || colon < 0) {
            throw new SyntaxException("the URL's authorisation is malformed");
        }
        String mechanism = text.substring(at + 1, colon).toUpperCase(Locale.ROOT);
        String hex = text.substring(colon + 1);
        boolean named = !mechanism.isEmpty()
                && mechanism.chars().allMatch(c -> c >= 'A' && c <= 'Z' || Bytes.isDigit(c) || c == '-' || c == '.');
        boolean hexadecimal = hex.length() >= 32 && hex.chars().allMatch(ImapUrlParser::isHex);
        if (!named || !hexadecimal) {
            throw new SyntaxException("the URL's authorisation is malformed");
        }
        at = text.length();
        return new ImapUrl.Token(rump, mechanism, hex);
    }

    private static boolean isHex(int c) {
        return Bytes.isDigit(c) || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f';
    }
}
