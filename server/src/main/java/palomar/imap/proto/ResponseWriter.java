package palomar.imap.proto;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteOutput;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;
import palomar.mail.Flags;
import palomar.mail.UidSet;

/// Prints answers. Whatever texts it is given, every line it makes is legal. RFC 9051 7
///
/// Nothing is sent before [#flush()] or a full buffer. A response that has a `begin` method is finished by its
/// `end` before anything else is printed. Belongs to one thread at a time.
public final class ResponseWriter {
    private final ByteOutput out;
    private final LiteralWriter literals;
    private boolean utf8;
    private boolean uidOnly;
    private Language language = Language.DEFAULT;

    /// Is the next item of a parenthesised list the first?
    private boolean first;

    public ResponseWriter(ByteOutput out) {
        this.out = out;
        this.literals = new LiteralWriter(out);
    }

    /// Names and texts go out in UTF-8 from now on: after ENABLE IMAP4rev2 or UTF8=ACCEPT. RFC 9051 5.1
    public void utf8(boolean on) {
        utf8 = on;
    }

    boolean isUtf8() {
        return utf8;
    }

    /// Messages are named by UID only from now on: after ENABLE UIDONLY. RFC 9586 3
    public void uidOnly(boolean on) {
        uidOnly = on;
    }

    /// Texts for people are in that language from now on. RFC 5255 3.2
    public void language(Language chosen) {
        language = chosen;
    }

    /// Where the value of an item is printed by others, as an ENVELOPE from a digest is.
    public ByteOutput output() {
        return out;
    }

    public void flush() throws IOException {
        out.flush();
    }

    // ---- status responses: RFC 9051 7.1. With [Tag#NONE] they are untagged.

    public void ok(Tag tag, String text) throws IOException {
        status(tag.value(), "OK", null, text);
    }

    public void ok(Tag tag, ResponseCode code, String text) throws IOException {
        status(tag.value(), "OK", code, text);
    }

    public void no(Tag tag, String text) throws IOException {
        status(tag.value(), "NO", null, text);
    }

    public void no(Tag tag, ResponseCode code, String text) throws IOException {
        status(tag.value(), "NO", code, text);
    }

    public void bad(Tag tag, String text) throws IOException {
        status(tag.value(), "BAD", null, text);
    }

    public void bad(Tag tag, ResponseCode code, String text) throws IOException {
        status(tag.value(), "BAD", code, text);
    }

    /// A greeting for a client that need not log in. RFC 9051 7.1.4
    public void preauth(ResponseCode code, String text) throws IOException {
        status("*", "PREAUTH", code, text);
    }

    public void bye(String text) throws IOException {
        status("*", "BYE", null, text);
    }

    public void bye(ResponseCode code, String text) throws IOException {
        status("*", "BYE", code, text);
    }

    private void status(String tag, String condition, @Nullable ResponseCode code, String text) throws IOException {
        out.ascii(tag);
        out.write(' ');
        out.ascii(condition);
        out.write(' ');
        if (code != null) {
            ResponseCodes.write(out, code);
            out.write(' ');
        }
        text(text, code != null);
        out.crlf();
    }

    /// Text for people: on one line, in ASCII unless the client takes UTF-8 or has chosen a language, never empty,
    /// and never like a code.
    private void text(String english, boolean afterCode) throws IOException {
        String text = language.words(english);
        if (text.isEmpty()) {
            out.ascii("done");
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i == 0 && c == '[' && !afterCode) {
                out.write('(');
            } else if (c < 0x20 || c == 0x7f) {
                out.write(' ');
            } else if (c < 0x80) {
                out.write(c);
            } else if (!utf8 && !language.isUtf8()) {
                out.write('?');
            } else {
                int point = text.codePointAt(i);
                out.utf8(Character.toString(point));
                i += Character.charCount(point) - 1;
            }
        }
    }

    /// `+ text`. RFC 9051 7.6
    public void continuation(String text) throws IOException {
        out.ascii("+ ");
        text(text, false);
        out.crlf();
    }

    /// `+ base64`: a challenge of AUTHENTICATE; an empty one is `+ `. RFC 9051 6.2.2
    public void challenge(String base64) throws IOException {
        out.ascii("+ ");
        out.ascii(base64);
        out.crlf();
    }

    // ---- data about the server

    /// `* CAPABILITY ...` RFC 9051 7.2.2
    public void capability(List<String> words) throws IOException {
        out.ascii("* ");
        ResponseCodes.capabilities(out, words);
        out.crlf();
    }

    /// `* ENABLED ...` RFC 9051 7.2.1
    public void enabled(List<String> words) throws IOException {
        out.ascii("* ENABLED");
        for (String word : words) {
            out.write(' ');
            out.ascii(word);
        }
        out.crlf();
    }

    /// `* ID (...)`, NIL without fields. RFC 2971 3.2
    public void id(List<IdField> fields) throws IOException {
        out.ascii("* ID ");
        if (fields.isEmpty()) {
            out.ascii("NIL");
        } else {
            open();
            for (IdField field : fields) {
                separate();
                Strings.string(out, field.name(), utf8);
                out.write(' ');
                nstring(field.value().orElse(null));
            }
            out.write(')');
        }
        out.crlf();
    }

    /// `* NAMESPACE personal other shared`, each NIL when empty. RFC 9051 7.3.4
    public void namespace(List<NamespaceEntry> personal, List<NamespaceEntry> other, List<NamespaceEntry> shared)
            throws IOException {
        out.ascii("* NAMESPACE ");
        namespaces(personal);
        out.write(' ');
        namespaces(other);
        out.write(' ');
        namespaces(shared);
        out.crlf();
    }

    private void namespaces(List<NamespaceEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            nil();
            return;
        }
        out.write('(');
        for (NamespaceEntry entry : entries) {
            out.write('(');
            Strings.string(out, utf8 ? entry.prefix() : MUtf7.encode(entry.prefix()), utf8);
            out.write(' ');
            separator(entry.separator());
            translation(entry);
            out.write(')');
        }
        out.write(')');
    }

    /// What people should read in place of a prefix, always in modified UTF-7. RFC 5255 3.4
    private void translation(NamespaceEntry entry) throws IOException {
        String end = Character.toString(entry.separator());
        boolean ends = entry.prefix().endsWith(end);
        String name = ends ? entry.prefix().substring(0, entry.prefix().length() - 1) : entry.prefix();
        String words = language.words(name);
        if (!words.equals(name)) {
            out.ascii(" \"TRANSLATION\" (");
            Strings.string(out, MUtf7.encode(ends ? words + end : words), utf8);
            out.write(')');
        }
    }

    // ---- data about mailboxes

    /// `* LIST (attributes) "/" name`. RFC 9051 7.3.1
    public void list(ListEntry entry) throws IOException {
        list("* LIST (", entry);
        if (!entry.childInfo().isEmpty() || entry.oldName().isPresent()) {
            out.write(' ');
            open();
            if (!entry.childInfo().isEmpty()) {
                separate();
                out.ascii("CHILDINFO (");
                for (int i = 0; i < entry.childInfo().size(); i++) {
                    out.ascii(i == 0 ? "\"" : " \"");
                    out.ascii(entry.childInfo().get(i));
                    out.write('"');
                }
                out.write(')');
            }
            if (entry.oldName().isPresent()) {
                separate();
                out.ascii("OLDNAME (");
                mailbox(entry.oldName().get());
                out.write(')');
            }
            out.write(')');
        }
        out.crlf();
    }

    /// `* LSUB (attributes) "/" name`. RFC 3501 7.2.3
    public void lsub(ListEntry entry) throws IOException {
        list("* LSUB (", entry);
        out.crlf();
    }

    /// `* XLIST (attributes) "/" name`.
    public void xlist(ListEntry entry) throws IOException {
        list("* XLIST (", entry);
        out.crlf();
    }

    private void list(String start, ListEntry entry) throws IOException {
        out.ascii(start);
        for (int i = 0; i < entry.attributes().size(); i++) {
            if (i > 0) {
                out.write(' ');
            }
            out.ascii(entry.attributes().get(i));
        }
        out.ascii(") ");
        separator(entry.separator());
        out.write(' ');
        mailbox(entry.mailbox());
    }

    private void separator(char separator) throws IOException {
        if (separator == 0) {
            nil();
            return;
        }
        out.write('"');
        if (separator == '"' || separator == '\\') {
            out.write('\\');
        }
        out.write(separator);
        out.write('"');
    }

    /// `* STATUS name (`; then [#item(StatusItem,long)] and [#endStatus()]. RFC 9051 7.3.3
    public void beginStatus(String mailbox) throws IOException {
        out.ascii("* STATUS ");
        mailbox(mailbox);
        out.write(' ');
        open();
    }

    public void item(StatusItem item, long value) throws IOException {
        separate();
        out.ascii(item.wire());
        out.write(' ');
        out.number(value);
    }

    /// `MAILBOXID (id)`. RFC 8474 4.3
    public void objectId(StatusItem item, String id) throws IOException {
        separate();
        out.ascii(item.name());
        out.ascii(" (");
        out.ascii(id);
        out.write(')');
    }

    public void endStatus() throws IOException {
        closeLine();
    }

    /// `* FLAGS (...)`. RFC 9051 7.3.5
    public void flags(Flags flags) throws IOException {
        out.ascii("* FLAGS ");
        FlagPrinter.write(out, flags, false);
        out.crlf();
    }

    /// `* n EXISTS`, `* n RECENT`, `* n EXPUNGE`. RFC 9051 7.4, 7.5.1
    public void untagged(long number, String word) throws IOException {
        out.ascii("* ");
        out.number(number);
        out.write(' ');
        out.ascii(word);
        out.crlf();
    }

    /// `* VANISHED 1:3`, with `(EARLIER)` for those the client did not know to be there; nothing for an empty set.
    /// RFC 7162 3.2.10
    public void vanished(boolean earlier, UidSet uids) throws IOException {
        if (uids.isEmpty()) {
            return;
        }
        out.ascii(earlier ? "* VANISHED (EARLIER) " : "* VANISHED ");
        ResponseCodes.set(out, uids);
        out.crlf();
    }

    // ---- search results

    /// `* SEARCH`; then [#found(long)] and [#endSearch(long)]. RFC 3501 7.2.5
    public void beginSearch() throws IOException {
        out.ascii("* SEARCH");
    }

    public void found(long number) throws IOException {
        out.write(' ');
        out.number(number);
    }

    /// @param modSeq the highest of the messages found when the client asked for it, else 0; RFC 7162 3.1.5
    public void endSearch(long modSeq) throws IOException {
        if (modSeq > 0) {
            out.ascii(" (MODSEQ ");
            out.number(modSeq);
            out.write(')');
        }
        out.crlf();
    }

    // ---- messages: RFC 9051 7.5.2

    /// `* seq FETCH (`, or `* uid UIDFETCH (`; then items with their values and [#endFetch()].
    public void beginFetch(long seq, long uid) throws IOException {
        out.ascii("* ");
        out.number(uidOnly ? uid : seq);
        out.ascii(uidOnly ? " UIDFETCH " : " FETCH ");
        open();
    }

    public void endFetch() throws IOException {
        closeLine();
    }

    /// What [#item(FetchItem)] writes, for [#item(byte[])]: the same for a hundred thousand messages.
    public static byte[] printed(FetchItem item) throws IOException {
        MemoryOutput text = new MemoryOutput(32);
        ResponseWriter alone = new ResponseWriter(text);
        alone.first = true;
        alone.item(item);
        return text.toByteArray();
    }

    /// An item that was [#printed]; its value must follow.
    public void item(byte[] printed) throws IOException {
        separate();
        out.write(printed);
    }

    /// The name of an item and a space; its value must follow.
    public void item(FetchItem item) throws IOException {
        separate();
        switch (item) {
            case FetchItem.AnnotationItem annotation -> out.ascii("ANNOTATION");
            case FetchItem.UidItem uid -> out.ascii("UID");
            case FetchItem.FlagsItem flags -> out.ascii("FLAGS");
            case FetchItem.InternalDateItem date -> out.ascii("INTERNALDATE");
            case FetchItem.SizeItem size -> out.ascii("RFC822.SIZE");
            case FetchItem.EnvelopeItem envelope -> out.ascii("ENVELOPE");
            case FetchItem.ModSeqItem modSeq -> out.ascii("MODSEQ");
            case FetchItem.AttributeItem(MessageAttribute attribute) -> out.ascii(attribute.wire());
            case FetchItem.BodyStructureItem(boolean extended) -> out.ascii(extended ? "BODYSTRUCTURE" : "BODY");
            case FetchItem.BodyItem body -> {
                out.ascii("BODY");
                section(body.section(), body.partial().orElse(null));
            }
            case FetchItem.Rfc822Item(Section.Kind kind) -> out.ascii(oldName(kind));
            case FetchItem.BinaryItem binary -> {
                out.ascii("BINARY");
                section(binary.section(), binary.partial().orElse(null));
            }
            case FetchItem.BinarySizeItem(Section section) -> {
                out.ascii("BINARY.SIZE");
                section(section, null);
            }
        }
        out.write(' ');
    }

    private static String oldName(Section.Kind kind) {
        return switch (kind) {
            case HEADER -> "RFC822.HEADER";
            case TEXT -> "RFC822.TEXT";
            case ALL, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> "RFC822";
        };
    }

    private void section(Section section, @Nullable PartialRange partial) throws IOException {
        out.write(section.label());
        if (partial != null) {
            out.write('<');
            out.number(partial.offset());
            out.write('>');
        }
    }

    public void number(long value) throws IOException {
        out.number(value);
    }

    /// `(n)`. RFC 7162 3.1.4.2
    public void modSeq(long value) throws IOException {
        out.write('(');
        out.number(value);
        out.write(')');
    }

    /// `(\Seen $Junk)`.
    ///
    /// @param system bits of `SystemFlags`
    /// @param recent add `\Recent`
    /// @param keywordBits bit i stands for keyword i
    public void flagList(int system, boolean recent, long keywordBits, List<String> keywords) throws IOException {
        FlagPrinter.write(out, system, recent, keywordBits, keywords);
    }

    /// date-time in UTC, quoted.
    public void dateTime(Instant instant) throws IOException {
        ImapDate.writeDateTime(out, instant);
    }

    public void nil() throws IOException {
        out.ascii("NIL");
    }

    // ---- strings

    /// A mailbox name: in modified UTF-7, or in UTF-8 after [#utf8(boolean)]. RFC 9051 5.1
    public void mailbox(String name) throws IOException {
        Strings.astring(out, utf8 ? name : MUtf7.encode(name), utf8);
    }

    public void astring(String text) throws IOException {
        Strings.astring(out, text, utf8);
    }

    public void string(String text) throws IOException {
        Strings.string(out, text, utf8);
    }

    /// NIL for null.
    public void nstring(@Nullable String text) throws IOException {
        if (text == null) {
            nil();
        } else {
            string(text);
        }
    }

    /// `{n}` and so many bytes.
    public void literal(byte[] bytes, int offset, int length) throws IOException {
        literals.write(bytes, offset, length);
    }

    /// `{n}` and the bytes of a source from `from`, clipped to what it has. Opens, streams and closes the source.
    /// A literal holds no NUL (RFC 9051 4.3.1): each becomes 0x80, so that the size stays.
    ///
    /// @throws BrokenLiteral when the source yields other than what it announced; nothing can be answered after
    /// that
    public void literal(ByteSource source, long from, long count) throws IOException {
        literals.write(source, from, count, true);
    }

    /// `~{n}`: like [#literal(ByteSource,long,long)], for content that may hold NUL. RFC 9051 4.3.1
    public void literal8(ByteSource source, long from, long count) throws IOException {
        out.write('~');
        literals.write(source, from, count, false);
    }

    // ---- lists

    private void open() throws IOException {
        out.write('(');
        first = true;
    }

    private void separate() throws IOException {
        if (!first) {
            out.write(' ');
        }
        first = false;
    }

    private void closeLine() throws IOException {
        out.write(')');
        out.crlf();
    }
}
