package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.mail.Flags;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;

/// The terminals of the grammar, taken from one command's bytes: atoms, strings, numbers, sets, flags, dates.
/// RFC 9051 9
///
/// Each method takes exactly its terminal or throws with a text that says what was expected; then nothing of the
/// line end has been taken. One thread.
final class Arguments {
    private static final int SMALL = 64;
    private static final int LONGEST_SHOWN = 32;
    private static final Words<Integer> SYSTEM_FLAGS = Words.of(java.util.Map.of(
            "SEEN", SystemFlags.SEEN,
            "ANSWERED", SystemFlags.ANSWERED,
            "FLAGGED", SystemFlags.FLAGGED,
            "DELETED", SystemFlags.DELETED,
            "DRAFT", SystemFlags.DRAFT,
            "RECENT", 0));

    private final LineInput line;
    private byte[] word = new byte[SMALL];
    private int wordLength;
    private boolean utf8;
    private boolean charsetRefused;
    private String command = "";

    /// Nothing but the command's name has been taken so far; only for the wording of errors.
    private boolean fresh;

    Arguments(LineInput line) {
        this.line = line;
    }

    LineInput line() {
        return line;
    }

    Limits limits() {
        return line.limits();
    }

    /// Do mailbox names come in UTF-8 (after ENABLE IMAP4rev2 or UTF8=ACCEPT) instead of modified UTF-7?
    void utf8(boolean on) {
        utf8 = on;
    }

    /// SEARCH takes no charset any more: all is UTF-8. RFC 9755 3
    void refuseCharset() {
        charsetRefused = true;
    }

    boolean isCharsetRefused() {
        return charsetRefused;
    }

    /// The command's name is known; the arguments follow.
    void begin(String name) {
        command = name;
        fresh = true;
    }

    /// Gives back what a large argument needed.
    void release() {
        if (word.length > SMALL) {
            word = new byte[SMALL];
        }
    }

    // ---- errors

    /// An error that says what should have stood at the current place.
    SyntaxException expected(String what) throws IOException {
        String place = command.isEmpty() ? "" : (fresh ? " after " : " in ") + command;
        return new SyntaxException("expected " + what + place + ", not " + found());
    }

    private String found() throws IOException {
        int b = line.peek();
        if (b == '\r' || b == '\n') {
            return "the end of the line";
        }
        if (b == ' ') {
            return "a space";
        }
        return b > 0x20 && b < 0x7f ? "'" + (char) b + "'" : "byte " + b;
    }

    SyntaxException invalid(String why) {
        return new SyntaxException(command.isEmpty() ? why : why + " in " + command);
    }

    /// The word just read, fit for an error text.
    String shownWord() {
        return new String(word, 0, Math.min(wordLength, LONGEST_SHOWN), StandardCharsets.US_ASCII);
    }

    // ---- punctuation

    int peek() throws IOException {
        return line.peek();
    }

    boolean isNext(int b) throws IOException {
        return line.peek() == b;
    }

    /// Takes the byte if it is next.
    boolean skip(int b) throws IOException, SyntaxException {
        if (line.peek() != b) {
            return false;
        }
        line.take();
        return true;
    }

    void take(int b, String what) throws IOException, SyntaxException {
        if (!skip(b)) {
            throw expected(what);
        }
    }

    /// One space; `what` is what should follow it.
    void space(String what) throws IOException, SyntaxException {
        if (!skip(' ')) {
            throw expected("a space and " + what);
        }
        if (line.peek() == ' ' || line.atLineEnd()) {
            throw expected(what);
        }
        fresh = false;
    }

    /// The end of the command. Spaces before it are passed over: clients send them, and other servers do not mind.
    void end() throws IOException, SyntaxException {
        while (skip(' ')) {
            fresh = false;
        }
        if (!line.atLineEnd()) {
            throw expected("the end of the line");
        }
        if (!line.lineEnd()) {
            throw expected("LF after CR");
        }
    }

    // ---- words

    /// Letters, digits, `.`, `-` and `_`, in capitals, looked up in a vocabulary; null when it is not there. The
    /// word stays for [#shownWord()].
    <T> @Nullable T word(Words<T> words, String what) throws IOException, SyntaxException {
        wordLength = 0;
        for (int b = line.peek(); isWordByte(b); b = line.peek()) {
            add((byte) Bytes.upper(line.take()));
        }
        if (wordLength == 0) {
            throw expected(what);
        }
        return words.find(word, wordLength);
    }

    /// The word just read, looked up in another vocabulary.
    <T> @Nullable T again(Words<T> words) {
        return words.find(word, wordLength);
    }

    private static boolean isWordByte(int b) {
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || Bytes.isDigit(b) || b == '.' || b == '-' || b == '_';
    }

    String tag() throws IOException, SyntaxException {
        wordLength = 0;
        while (Bytes.isTagByte(line.peek())) {
            add((byte) line.take());
        }
        return wordText();
    }

    String atom(String what) throws IOException, SyntaxException {
        wordLength = 0;
        while (Bytes.isAtomByte(line.peek())) {
            add((byte) line.take());
        }
        if (wordLength == 0) {
            throw expected(what);
        }
        return wordText();
    }

    /// An atom in capitals.
    String name(String what) throws IOException, SyntaxException {
        return atom(what).toUpperCase(java.util.Locale.ROOT);
    }

    /// Base64 and its padding, undecoded.
    byte[] base64Text(String what) throws IOException, SyntaxException {
        wordLength = 0;
        for (int b = line.peek(); Bytes.isAtomByte(b); b = line.peek()) {
            add((byte) line.take());
        }
        if (wordLength == 0) {
            throw expected(what);
        }
        byte[] text = Arrays.copyOf(word, wordLength);
        Arrays.fill(word, (byte) 0);
        return text;
    }

    private String wordText() {
        return new String(word, 0, wordLength, StandardCharsets.US_ASCII);
    }

    private void add(byte b) {
        if (wordLength == word.length) {
            word = Arrays.copyOf(word, wordLength * 2);
        }
        word[wordLength++] = b;
    }

    // ---- strings

    /// astring as bytes: atom with `]`, quoted, or literal.
    byte[] astringBytes(String what) throws IOException, SyntaxException {
        return stringBytes(what, false, false);
    }

    /// astring that is text.
    String astring(String what) throws IOException, SyntaxException {
        return text(astringBytes(what), what);
    }

    /// string: quoted or literal. Atoms are taken too, where servers always did.
    String string(String what) throws IOException, SyntaxException {
        return astring(what);
    }

    /// string, or NIL for empty.
    Optional<String> nstring(String what) throws IOException, SyntaxException {
        boolean atom = !isNext('"') && !isNext('{') && !isNext('~');
        String text = string(what);
        return atom && text.equalsIgnoreCase("NIL") ? Optional.empty() : Optional.of(text);
    }

    /// A mailbox name, decoded.
    String mailbox(String what) throws IOException, SyntaxException {
        return mailboxText(stringBytes(what, false, false));
    }

    /// The bytes of list-mailbox: as an atom it may hold wildcards.
    byte[] listBytes(String what) throws IOException, SyntaxException {
        return stringBytes(what, true, false);
    }

    /// A mailbox name that may hold wildcards, also as an atom.
    String listMailbox(String what) throws IOException, SyntaxException {
        return mailboxText(stringBytes(what, true, false));
    }

    private String text(byte[] bytes, String what) throws SyntaxException {
        return Decoding.utf8(bytes, bytes.length).orElseThrow(() -> invalid(what + " that is not UTF-8"));
    }

    private String mailboxText(byte[] bytes) throws SyntaxException {
        String name = text(bytes, "mailbox name");
        if (utf8) {
            return name;
        }
        // To take raw UTF-8 here would be no kindness: LIST shows another name than the one that was created, and
        // a client that synchronises takes them for two mailboxes.
        if (!Decoding.isAscii(bytes, bytes.length)) {
            throw SyntaxException.ofName("a mailbox name beyond ASCII must be modified UTF-7 before ENABLE IMAP4rev2");
        }
        return MUtf7.decode(name)
                .orElseThrow(() -> SyntaxException.ofName("the mailbox name is not valid modified UTF-7"));
    }

    private byte[] stringBytes(String what, boolean wildcards, boolean nul) throws IOException, SyntaxException {
        int b = line.peek();
        if (b == '"') {
            return quoted();
        }
        if (b == '{') {
            return literal(nul);
        }
        wordLength = 0;
        while (isStringByte(b, wildcards)) {
            add((byte) line.take());
            b = line.peek();
            if (b == '{' && wordLength == 1 && word[0] == '~') {
                return literal(nul);
            }
        }
        if (wordLength == 0) {
            throw expected(what);
        }
        return Arrays.copyOf(word, wordLength);
    }

    /// Bytes above ASCII are no atom bytes, but raw names come like that; whether they are UTF-8 is checked later.
    private static boolean isStringByte(int b, boolean wildcards) {
        return b >= 0x80 || (wildcards ? Bytes.isListByte(b) : Bytes.isAstringByte(b));
    }

    /// The text of a quoted string, which starts here, without the quotes. RFC 9051 4.3
    byte[] quoted() throws IOException, SyntaxException {
        take('"', "a quoted string");
        wordLength = 0;
        for (; ; ) {
            int b = line.peek();
            if (b == '\r' || b == '\n' || b == 0) {
                throw expected("the closing quote of a string");
            }
            line.take();
            if (b == '"') {
                return Arrays.copyOf(word, wordLength);
            }
            if (b == '\\') {
                if (!isNext('"') && !isNext('\\')) {
                    throw expected("\\\" or \\\\ in a quoted string");
                }
                b = line.take();
            }
            add((byte) b);
        }
    }

    private byte[] literal(boolean nul) throws IOException, SyntaxException {
        LiteralHeader header = literalHeader();
        byte[] bytes = line.literal(header.size(), header.synchronising());
        for (int i = 0; !nul && i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw invalid("NUL in a literal");
            }
        }
        return bytes;
    }

    /// `{n}` or `{n+}` with its line end. A `~` before it has been taken.
    LiteralHeader literalHeader() throws IOException, SyntaxException {
        take('{', "a literal");
        long size = number64("the size of a literal");
        boolean synchronising = !skip('+');
        take('}', "the closing brace of a literal");
        if (!line.atLineEnd() || !line.lineEnd()) {
            throw expected("a line end after the size of a literal");
        }
        return new LiteralHeader(size, synchronising);
    }

    /// RFC 9051 4.3, RFC 7888 3
    record LiteralHeader(long size, boolean synchronising) {}

    // ---- numbers

    /// 0 to 2^32-1
    long number(String what) throws IOException, SyntaxException {
        return number(what, 0, Ranges.MAX);
    }

    /// 1 to 2^32-1
    long nzNumber(String what) throws IOException, SyntaxException {
        return number(what, 1, Ranges.MAX);
    }

    /// 0 to 2^63-1
    long number64(String what) throws IOException, SyntaxException {
        return number(what, 0, Long.MAX_VALUE);
    }

    /// 1 to 2^63-1
    long nzNumber64(String what) throws IOException, SyntaxException {
        return number(what, 1, Long.MAX_VALUE);
    }

    long number(String what, long least, long largest) throws IOException, SyntaxException {
        int b = line.peek();
        if (!Bytes.isDigit(b)) {
            throw expected(what);
        }
        long value = 0;
        do {
            int digit = b - '0';
            if (value > (largest - digit) / 10) {
                throw invalid(what + " above " + largest);
            }
            value = value * 10 + digit;
            line.take();
            b = line.peek();
        } while (Bytes.isDigit(b));
        if (value < least) {
            throw invalid(what + " below " + least);
        }
        return value;
    }

    // ---- sets

    NumberSet.Uids uids() throws IOException, SyntaxException {
        return new NumberSet.Uids(numbers());
    }

    NumberSet.Seqs seqs() throws IOException, SyntaxException {
        return new NumberSet.Seqs(numbers());
    }

    /// sequence-set, `$` included.
    Numbers numbers() throws IOException, SyntaxException {
        return skip('$') ? new Numbers.Saved() : ranges();
    }

    /// sequence-set written out.
    Ranges ranges() throws IOException, SyntaxException {
        Ranges.Builder set = new Ranges.Builder();
        do {
            long from = setNumber();
            set.add(from, skip(':') ? setNumber() : from);
        } while (skip(','));
        return set.build();
    }

    /// UIDs that the client knows: without `*`. RFC 7162 7: known-uids
    UidSet knownUids(String what) throws IOException, SyntaxException {
        return knownRanges(what).uids(0);
    }

    Ranges knownRanges(String what) throws IOException, SyntaxException {
        Ranges ranges = ranges();
        if (ranges.hasStar()) {
            throw invalid("* among " + what);
        }
        return ranges;
    }

    /// seq-number: one number or `*`. RFC 9051 9
    Ranges oneNumber() throws IOException, SyntaxException {
        Ranges.Builder set = new Ranges.Builder();
        long number = setNumber();
        set.add(number, number);
        return set.build();
    }

    private long setNumber() throws IOException, SyntaxException {
        return skip('*') ? 0 : nzNumber("a message number");
    }

    // ---- flags and dates

    /// `(\Seen $Junk)`, perhaps empty.
    Flags flagList() throws IOException, SyntaxException {
        take('(', "a list of flags");
        FlagCollector flags = new FlagCollector();
        while (!skip(')')) {
            if (!flags.isFirst()) {
                space("a flag");
            }
            flags.add();
        }
        return flags.result();
    }

    /// Flags with or without parentheses. RFC 9051 9: store-att-flags
    Flags storeFlags() throws IOException, SyntaxException {
        if (isNext('(')) {
            return flagList();
        }
        FlagCollector flags = new FlagCollector();
        do {
            flags.add();
        } while (skip(' '));
        return flags.result();
    }

    /// Gathers flags; `\Recent`, which no client may set, is passed over as other servers do.
    private final class FlagCollector {
        private final List<String> keywords = new ArrayList<>();
        private int system;
        private int count;

        boolean isFirst() {
            return count == 0;
        }

        void add() throws IOException, SyntaxException {
            if (++count > limits().items()) {
                throw invalid("more than " + limits().items() + " flags");
            }
            if (!skip('\\')) {
                keywords.add(atom("a flag"));
                return;
            }
            Integer bit = word(SYSTEM_FLAGS, "the name of a system flag");
            if (bit == null) {
                throw invalid("unknown flag \\" + shownWord());
            }
            system |= bit;
        }

        Flags result() {
            return new Flags(system, keywords);
        }
    }

    /// `1-Feb-1994`, quoted or not.
    LocalDate date() throws IOException, SyntaxException {
        String text = isNext('"') ? new String(quoted(), StandardCharsets.ISO_8859_1) : atom("a date as 1-Feb-1994");
        return ImapDate.parseDate(text).orElseThrow(() -> invalid("not a date as 1-Feb-1994"));
    }

    /// `"17-Jul-1996 02:44:25 -0700"`
    Instant dateTime() throws IOException, SyntaxException {
        String text = new String(quoted(), StandardCharsets.ISO_8859_1);
        return ImapDate.parseDateTime(text)
                .orElseThrow(() -> invalid("not a date and time as \"17-Jul-1996 02:44:25 -0700\""));
    }
}
