package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteOutput;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.testkit.ImapReply;
import palomar.testkit.ImapReplyParser;
import palomar.testkit.Seeds;

/// Every answer has its one form, and a client's parser reads it back. RFC 9051 7
class ResponseWriterTest {
    private static final Tag A = new Tag("a1");

    private final MemoryOutput out = new MemoryOutput();
    private final ResponseWriter writer = new ResponseWriter(out);

    private interface Print {
        void to(ResponseWriter writer) throws IOException;
    }

    private void prints(Print print, String expected) throws IOException {
        out.reset();
        print.to(writer);
        assertThat(out.toString()).isEqualTo(expected);
        ImapReplyParser parser = new ImapReplyParser(new ByteArrayInputStream(out.toByteArray()));
        assertThat(parser.read()).isNotNull();
        assertThat(parser.read()).isNull();
    }

    private void value(Print print, String expected) throws IOException {
        out.reset();
        print.to(writer);
        assertThat(out.toString()).isEqualTo(expected);
    }

    @Test
    void statusResponses() throws IOException {
        prints(w -> w.ok(A, "NOOP completed"), "a1 OK NOOP completed\r\n");
        prints(w -> w.no(A, ResponseCode.Plain.TRYCREATE, "no such mailbox"), "a1 NO [TRYCREATE] no such mailbox\r\n");
        prints(w -> w.bad(Tag.NONE, "expected a tag"), "* BAD expected a tag\r\n");
        prints(w -> w.no(A, "no"), "a1 NO no\r\n");
        prints(w -> w.bad(A, ResponseCode.Plain.TOOBIG, "too big"), "a1 BAD [TOOBIG] too big\r\n");
        prints(w -> w.bye("later"), "* BYE later\r\n");
        prints(w -> w.bye(ResponseCode.Plain.UNAVAILABLE, "later"), "* BYE [UNAVAILABLE] later\r\n");
        prints(
                w -> w.preauth(new ResponseCode.Capabilities(List.of("IMAP4rev2")), "hi"),
                "* PREAUTH [CAPABILITY IMAP4rev2] hi\r\n");
    }

    @Test
    void textsAreLegalWhateverTheyHold() throws IOException {
        prints(w -> w.ok(A, ""), "a1 OK done\r\n");
        prints(w -> w.ok(A, "a\r\nb NO\0\u007f"), "a1 OK a  b NO  \r\n");
        prints(w -> w.ok(A, "[x] y"), "a1 OK (x] y\r\n");
        prints(w -> w.ok(A, ResponseCode.Plain.ALERT, "[x] y"), "a1 OK [ALERT] [x] y\r\n");
        prints(w -> w.ok(A, "gr\u00f6\u00dfe"), "a1 OK gr??e\r\n");
        writer.utf8(true);
        prints(w -> w.ok(A, "gr\u00f6\u00dfe \ud83d\ude00"), "a1 OK gr\u00f6\u00dfe \ud83d\ude00\r\n");
        prints(w -> w.ok(A, "\ud83d lone"), "a1 OK ? lone\r\n");
    }

    @Test
    void continuations() throws IOException {
        prints(w -> w.continuation("go ahead"), "+ go ahead\r\n");
        prints(w -> w.challenge("AQID"), "+ AQID\r\n");
        prints(w -> w.challenge(""), "+ \r\n");
    }

    @Test
    void responseCodes() throws IOException {
        record Row(ResponseCode code, String wire) {}
        for (Row row : List.of(
                new Row(ResponseCode.Plain.READ_WRITE, "READ-WRITE"),
                new Row(ResponseCode.Plain.UNKNOWN_CTE, "UNKNOWN-CTE"),
                new Row(new ResponseCode.BadCharset(List.of()), "BADCHARSET"),
                new Row(new ResponseCode.BadCharset(List.of("US-ASCII", "a b")), "BADCHARSET (US-ASCII \"a b\")"),
                new Row(
                        new ResponseCode.PermanentFlags(Flags.of(SystemFlags.SEEN, "$Junk"), true),
                        "PERMANENTFLAGS (\\Seen $Junk \\*)"),
                new Row(new ResponseCode.PermanentFlags(Flags.NONE, true), "PERMANENTFLAGS (\\*)"),
                new Row(new ResponseCode.PermanentFlags(Flags.NONE, false), "PERMANENTFLAGS ()"),
                new Row(new ResponseCode.UidNext(4_294_967_295L), "UIDNEXT 4294967295"),
                new Row(new ResponseCode.UidValidity(1), "UIDVALIDITY 1"),
                new Row(new ResponseCode.Unseen(17), "UNSEEN 17"),
                new Row(new ResponseCode.HighestModSeq(Long.MAX_VALUE), "HIGHESTMODSEQ 9223372036854775807"),
                new Row(new ResponseCode.AppendUid(7, UidSet.of(3, 4, 5, 9)), "APPENDUID 7 3:5,9"),
                new Row(new ResponseCode.CopyUid(7, UidSet.of(1), UidSet.of(9)), "COPYUID 7 1 9"),
                new Row(new ResponseCode.ModifiedUids(UidSet.of(7, 9)), "MODIFIED 7,9"),
                new Row(new ResponseCode.ModifiedSeqs(SeqSet.ofRange(7, 8)), "MODIFIED 7:8"))) {
            prints(w -> w.ok(A, row.code(), "x"), "a1 OK [" + row.wire() + "] x\r\n");
        }
        for (MailError error : MailError.values()) {
            out.reset();
            writer.no(A, ResponseCode.of(error), "x");
            assertThat(out.toString()).startsWith("a1 NO [");
        }
    }

    @Test
    void serverData() throws IOException {
        prints(w -> w.capability(List.of("IMAP4rev1", "AUTH=PLAIN")), "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n");
        prints(w -> w.enabled(List.of("QRESYNC")), "* ENABLED QRESYNC\r\n");
        prints(w -> w.enabled(List.of()), "* ENABLED\r\n");
        prints(w -> w.id(List.of()), "* ID NIL\r\n");
        prints(
                w -> w.id(List.of(new IdField("name", Optional.of("Palomar")), new IdField("os", Optional.empty()))),
                "* ID (\"name\" \"Palomar\" \"os\" NIL)\r\n");
        prints(
                w -> w.namespace(
                        List.of(new NamespaceEntry("", '/')),
                        List.of(new NamespaceEntry("\u00c4/", '/'), new NamespaceEntry("x", (char) 0)),
                        List.of()),
                "* NAMESPACE ((\"\" \"/\")) ((\"&AMQ-/\" \"/\")(\"x\" NIL)) NIL\r\n");
    }

    @Test
    void mailboxData() throws IOException {
        prints(
                w -> w.list(new ListEntry(List.of("\\HasChildren", "\\Sent"), '/', "Sent")),
                "* LIST (\\HasChildren \\Sent) \"/\" Sent\r\n");
        prints(w -> w.list(new ListEntry(List.of(), '\\', "a b")), "* LIST () \"\\\\\" \"a b\"\r\n");
        prints(
                w -> w.list(new ListEntry(
                        List.of("\\NonExistent"), '/', "Foo", List.of("SUBSCRIBED"), Optional.of("Old \u00fc"))),
                "* LIST (\\NonExistent) \"/\" Foo (CHILDINFO (\"SUBSCRIBED\") OLDNAME (\"Old &APw-\"))\r\n");
        prints(w -> w.lsub(new ListEntry(List.of(), (char) 0, "x")), "* LSUB () NIL x\r\n");
        prints(
                w -> {
                    w.beginStatus("INBOX");
                    w.item(StatusItem.MESSAGES, 0);
                    w.item(StatusItem.HIGHESTMODSEQ, 7);
                    w.endStatus();
                },
                "* STATUS INBOX (MESSAGES 0 HIGHESTMODSEQ 7)\r\n");
        prints(
                w -> w.flags(Flags.of(SystemFlags.ALL, "a")),
                "* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft a)\r\n");
        prints(w -> w.untagged(23, "EXISTS"), "* 23 EXISTS\r\n");
        prints(w -> w.vanished(false, UidSet.of(1, 2, 5)), "* VANISHED 1:2,5\r\n");
        prints(w -> w.vanished(true, UidSet.of(300, 310)), "* VANISHED (EARLIER) 300,310\r\n");
        value(w -> w.vanished(true, UidSet.EMPTY), "");
    }

    @Test
    void mailboxNamesFollowTheMode() throws IOException {
        value(w -> w.mailbox("Entw\u00fcrfe"), "Entw&APw-rfe");
        value(w -> w.mailbox("R&D"), "R&-D");
        value(w -> w.mailbox("NIL"), "\"NIL\"");
        value(w -> w.mailbox(""), "\"\"");
        value(w -> w.mailbox("a\"b\\"), "\"a\\\"b\\\\\"");
        value(w -> w.mailbox("a%b"), "\"a%b\"");
        writer.utf8(true);
        value(w -> w.mailbox("Entw\u00fcrfe"), "\"Entw\u00fcrfe\"");
        value(w -> w.mailbox("R&D"), "R&D");
    }

    @Test
    void stringsAreQuotedWhenTheyCanBe() throws IOException {
        value(w -> w.string("x"), "\"x\"");
        value(w -> w.string("\u00fc"), "{2}\r\n\u00fc");
        value(w -> w.string("a\r\nb"), "{4}\r\na\r\nb");
        value(w -> w.astring("x.y"), "x.y");
        value(w -> w.astring("x]y"), "\"x]y\"");
        value(w -> w.nstring(null), "NIL");
        value(w -> w.string("x".repeat(1001)), "{1001}\r\n" + "x".repeat(1001));
        writer.utf8(true);
        value(w -> w.string("\u00fc"), "\"\u00fc\"");
    }

    @Test
    void searchResults() throws IOException {
        prints(
                w -> {
                    w.beginSearch();
                    w.found(2);
                    w.found(84);
                    w.endSearch(917162500);
                },
                "* SEARCH 2 84 (MODSEQ 917162500)\r\n");
        prints(
                w -> {
                    w.beginSearch();
                    w.endSearch(0);
                },
                "* SEARCH\r\n");
        prints(
                w -> {
                    EsearchWriter e = new EsearchWriter(w);
                    e.begin(A, Command.Numbering.UID);
                    e.number("MIN", 2);
                    e.number("COUNT", 3);
                    e.all(UidSet.of(2, 10, 11));
                    e.end();
                },
                "* ESEARCH (TAG \"a1\") UID MIN 2 COUNT 3 ALL 2,10:11\r\n");
        prints(
                w -> {
                    EsearchWriter e = new EsearchWriter(w);
                    e.begin(A, Command.Numbering.SEQ);
                    e.all(SeqSet.EMPTY);
                    e.partial(new ResultRange(1, 10, true), SeqSet.EMPTY);
                    e.partial(new ResultRange(20, 1, false), SeqSet.ofRange(1, 3));
                    e.end();
                },
                "* ESEARCH (TAG \"a1\") PARTIAL (-1:-10 NIL) PARTIAL (20:1 1:3)\r\n");
    }

    @Test
    void fetchResponses() throws IOException {
        ByteSource body = ByteSource.of("Hello\0".getBytes(StandardCharsets.US_ASCII));
        Section fields = Section.fields(false, List.of("Date", "X Y"), 1);
        prints(
                w -> {
                    w.beginFetch(12, 120);
                    w.item(FetchItem.UID);
                    w.number(99);
                    w.item(FetchItem.FLAGS);
                    w.flagList(SystemFlags.SEEN, true, 0b101, List.of("$Junk", "no", "Work"));
                    w.item(FetchItem.MODSEQ);
                    w.modSeq(7);
                    w.item(new FetchItem.SizeItem());
                    w.number(6);
                    w.item(new FetchItem.InternalDateItem());
                    w.dateTime(Instant.EPOCH);
                    w.item(new FetchItem.BodyItem(fields, Optional.of(new PartialRange(1, 2)), true));
                    w.literal(body, 1, 2);
                    w.item(new FetchItem.BinaryItem(Section.of(Section.Kind.ALL, 2), Optional.empty(), true));
                    w.literal8(body, 0, 100);
                    w.item(new FetchItem.BinarySizeItem(Section.of(Section.Kind.ALL, 2)));
                    w.number(6);
                    w.item(new FetchItem.Rfc822Item(Section.Kind.TEXT));
                    w.literal(body, 100, 5);
                    w.item(new FetchItem.BodyItem(Section.WHOLE, Optional.empty(), false));
                    w.nil();
                    w.endFetch();
                },
                "* 12 FETCH (UID 99 FLAGS (\\Seen \\Recent $Junk Work) MODSEQ (7) RFC822.SIZE 6"
                        + " INTERNALDATE \" 1-Jan-1970 00:00:00 +0000\""
                        + " BODY[1.HEADER.FIELDS (Date \"X Y\")]<1> {2}\r\nel BINARY[2] ~{6}\r\nHello\0 BINARY.SIZE[2] 6"
                        + " RFC822.TEXT {0}\r\n BODY[] NIL)\r\n");
        prints(
                w -> {
                    w.beginFetch(1, 1);
                    w.item(new FetchItem.BodyStructureItem(false));
                    w.nil();
                    w.item(new FetchItem.BodyStructureItem(true));
                    w.nil();
                    w.item(new FetchItem.EnvelopeItem());
                    w.nil();
                    w.item(FetchItem.FLAGS);
                    w.flagList(0, false, 1L << 63, List.of());
                    w.endFetch();
                },
                "* 1 FETCH (BODY NIL BODYSTRUCTURE NIL ENVELOPE NIL FLAGS ())\r\n");
    }

    private static ByteSource source(long size, byte[] content, boolean fails) {
        return new ByteSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open(long from, long count) {
                return new InputStream() {
                    private int at;

                    @Override
                    public int read() {
                        if (at < content.length) {
                            return content[at++];
                        }
                        if (fails) {
                            throw new MailException(MailError.CORRUPTION, "damaged");
                        }
                        return -1;
                    }
                };
            }
        };
    }

    @Test
    void aSourceThatDoesNotKeepItsWordBreaksTheConnection() {
        byte[] five = new byte[5];
        assertThatThrownBy(() -> writer.literal(source(6, five, false), 0, 6)).isInstanceOf(BrokenLiteral.class);
        assertThatThrownBy(() -> writer.literal(source(4, five, false), 0, 4)).isInstanceOf(BrokenLiteral.class);
        assertThatThrownBy(() -> writer.literal(source(6, five, true), 0, 6))
                .isInstanceOf(BrokenLiteral.class)
                .hasCauseInstanceOf(MailException.class);
    }

    @Test
    void aClientThatLeavesIsNotABrokenLiteral() {
        IOException gone = new IOException("connection reset");
        ResponseWriter broken = new ResponseWriter(new ByteOutput() {
            {
                buffer = new byte[16];
            }

            @Override
            protected void drain() throws IOException {
                throw gone;
            }
        });
        assertThatThrownBy(() -> broken.literal(ByteSource.of(new byte[100]), 0, 100))
                .isSameAs(gone);
    }

    @Test
    void anyTextIsReadBackByAClient() throws IOException {
        RandomGenerator random = Seeds.random("anyTextIsReadBackByAClient");
        String alphabet = "aZ09 \"\\()[]{}%*&+-~/\r\n\u007f\u00e9\u4e2d";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            boolean utf8 = random.nextBoolean();
            writer.utf8(utf8);
            out.reset();
            writer.list(new ListEntry(List.of(text.toString().isEmpty() ? "\\A" : "\\B"), '/', text.toString()));
            writer.beginStatus(text.toString());
            writer.endStatus();
            ImapReplyParser parser = new ImapReplyParser(new ByteArrayInputStream(out.toByteArray()));
            ImapReply list = parser.read();
            assertThat(list).isNotNull();
            String name = list.values().get(3) instanceof ImapReply.Nil ? "NIL" : list.string(3);
            assertThat(utf8 ? Optional.of(name) : MUtf7.decode(name))
                    .as("seed %d", Seeds.seed())
                    .isEqualTo(Optional.of(text.toString()));
            assertThat(parser.read()).isNotNull();
        }
    }
}
