package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteInput;
import palomar.mail.Flags;

/// Reads commands from a connection, one at a time. RFC 9051 2.2.1 and 9
///
/// Every call ends at the start of the next command, whatever the client sent: a refused line is skipped with its
/// literals. While it waits it holds no more than a few hundred bytes. Before it asks for a literal it calls the
/// [Continuation], which must flush. The end of the input shows as `java.io.EOFException`. Belongs to the
/// session's thread; limits and modes may be changed between calls.
public final class CommandReader {
    /// Empty lines before a command that are passed over: some clients send one after a literal.
    private static final int EMPTY_LINES = 8;

    private static final int LONGEST_TAG = 256;

    private enum Verb {
        CANCELUPDATE,
        CAPABILITY,
        NOOP,
        LOGOUT,
        ID,
        STARTTLS,
        AUTHENTICATE,
        LOGIN,
        ENABLE,
        COMPRESS,
        UNAUTHENTICATE,
        ESEARCH,
        SELECT,
        EXAMINE,
        CREATE,
        DELETE,
        RENAME,
        SUBSCRIBE,
        UNSUBSCRIBE,
        LIST,
        XLIST,
        LSUB,
        RLIST,
        RLSUB,
        NAMESPACE,
        NOTIFY,
        COMPARATOR,
        LANGUAGE,
        STATUS,
        GETMETADATA,
        SETMETADATA,
        GENURLAUTH,
        RESETKEY,
        URLFETCH,
        GETQUOTA,
        GETQUOTAROOT,
        SETQUOTA,
        SETACL,
        DELETEACL,
        GETACL,
        LISTRIGHTS,
        MYRIGHTS,
        APPEND,
        IDLE,
        CHECK,
        CLOSE,
        UNSELECT,
        EXPUNGE,
        SEARCH,
        SORT,
        THREAD,
        FETCH,
        FILTER,
        STORE,
        CONVERSIONS,
        CONVERT,
        COPY,
        MOVE,
        REPLACE,
        UID,
        UIDBATCHES
    }

    /// Commands that UID may precede.
    private enum UidVerb {
        CONVERT,
        COPY,
        MOVE,
        REPLACE,
        FETCH,
        FILTER,
        STORE,
        SEARCH,
        ESEARCH,
        SORT,
        THREAD,
        EXPUNGE
    }

    private static final Words<Verb> VERBS = Words.of(Verb.class);
    private static final Words<UidVerb> UID_VERBS = Words.of(UidVerb.class);
    private static final Words<Boolean> UNCHANGEDSINCE = Words.of(Map.of("UNCHANGEDSINCE", true));
    private static final Words<Boolean> ANNOTATION = Words.of(Map.of("ANNOTATION", true));
    private static final Words<Boolean> DONE = Words.of(Map.of("DONE", true));

    /// What STORE can do, without `+` and `-`; the value says whether it is silent.
    private static final Words<Boolean> FLAGS = Words.of(Map.of("FLAGS", false, "FLAGS.SILENT", true));

    private final LineInput line;
    private final Arguments args;
    private final FetchParser fetches;
    private final MailboxParser mailboxes;
    private @Nullable AppendReader append;

    public CommandReader(ByteInput in, Continuation continuation, Limits limits) {
        line = new LineInput(in, continuation, limits);
        args = new Arguments(line);
        fetches = new FetchParser(args);
        mailboxes = new MailboxParser(args);
    }

    /// Other limits from the next command on: after login.
    public void limits(Limits limits) {
        line.limits(limits);
    }

    /// Mailbox names come in UTF-8 from the next command on: after ENABLE IMAP4rev2 or UTF8=ACCEPT. RFC 9051 5.1
    public void utf8(boolean on) {
        args.utf8(on);
    }

    /// UID FETCH does not imply the item UID from the next command on: after ENABLE UIDONLY. RFC 9586 3
    public void uidOnly(boolean on) {
        fetches.uidOnly(on);
    }

    /// SEARCH with CHARSET is malformed from the next command on: after ENABLE UTF8=ACCEPT. RFC 9755 3
    public void refuseCharset() {
        args.refuseCharset();
    }

    /// Waits for a whole command; of an APPEND or REPLACE only for its start.
    ///
    /// What the handler of an APPEND left unread is skipped first.
    public Command read() throws IOException {
        AppendReader unfinished = append;
        append = null;
        if (unfinished != null && !unfinished.finish()) {
            return overrun(Tag.NONE);
        }
        args.release();
        Tag tag = Tag.NONE;
        try {
            begin();
            tag = tag();
            return command(tag);
        } catch (SyntaxException e) {
            return line.skipRest() ? refused(tag, e) : overrun(tag);
        }
    }

    private static Command refused(Tag tag, SyntaxException e) {
        return e.isAboutName() ? new Command.BadName(tag, e.why()) : new Command.Malformed(tag, e.why());
    }

    private static Command overrun(Tag tag) {
        return new Command.Overrun(tag, "too much data after an error");
    }

    private void begin() throws IOException, SyntaxException {
        line.begin();
        args.begin("");
        for (int empty = 0; empty < EMPTY_LINES && line.atLineEnd(); empty++) {
            args.end();
            line.begin();
        }
    }

    private Tag tag() throws IOException, SyntaxException {
        String text = args.tag();
        if (text.isEmpty()) {
            throw args.expected("a tag");
        }
        if (text.length() > LONGEST_TAG) {
            throw args.invalid("tag longer than " + LONGEST_TAG + " bytes");
        }
        if (!args.isNext(' ') && !line.atLineEnd()) {
            // What began like a tag is none: half of it is not echoed.
            throw args.expected("a tag");
        }
        return new Tag(text);
    }

    private Command command(Tag tag) throws IOException, SyntaxException {
        args.space("a command");
        Verb verb = args.word(VERBS, "a command");
        String name = args.shownWord();
        if (verb == null || !args.isNext(' ') && !line.atLineEnd()) {
            return unknown(tag, name);
        }
        args.begin(name);
        return switch (verb) {
            case CANCELUPDATE -> cancelUpdate(tag);
            case CAPABILITY -> bare(new Command.Capability(tag));
            case NOOP -> bare(new Command.Noop(tag));
            case LOGOUT -> bare(new Command.Logout(tag));
            case ID -> id(tag);
            case STARTTLS -> bare(new Command.StartTls(tag));
            case AUTHENTICATE -> authenticate(tag);
            case LOGIN -> login(tag);
            case ENABLE -> enable(tag);
            case COMPRESS -> compress(tag);
            case UNAUTHENTICATE -> bare(new Command.Unauthenticate(tag));
            case ESEARCH -> new SearchParser(args).esearch(tag);
            case SELECT -> new Command.Select(tag, mailbox(), mailboxes.selectParams());
            case EXAMINE -> new Command.Examine(tag, mailbox(), mailboxes.selectParams());
            case CREATE -> mailboxes.create(tag);
            case DELETE -> bare(new Command.Delete(tag, mailbox()));
            case RENAME -> bare(new Command.Rename(tag, mailbox(), mailbox()));
            case SUBSCRIBE -> bare(new Command.Subscribe(tag, mailbox()));
            case UNSUBSCRIBE -> bare(new Command.Unsubscribe(tag, mailbox()));
            case LIST -> mailboxes.list(tag);
            case XLIST -> listing((reference, pattern) -> new Command.Xlist(tag, reference, pattern));
            case LSUB -> listing((reference, pattern) -> new Command.Lsub(tag, reference, pattern));
            case RLIST -> listing((reference, pattern) -> new Command.Rlist(tag, reference, pattern));
            case RLSUB -> listing((reference, pattern) -> new Command.Rlsub(tag, reference, pattern));
            case NAMESPACE -> bare(new Command.Namespace(tag));
            case NOTIFY -> new NotifyParser(args, fetches).notify(tag);
            case COMPARATOR -> new LocaleParser(args).comparator(tag);
            case LANGUAGE -> new LocaleParser(args).language(tag);
            case STATUS -> mailboxes.status(tag);
            case GETMETADATA -> new MetadataParser(args).get(tag);
            case SETMETADATA -> new MetadataParser(args).set(tag);
            case GENURLAUTH -> new UrlParser(args).generate(tag);
            case RESETKEY -> new UrlParser(args).reset(tag);
            case URLFETCH -> new UrlParser(args).fetch(tag);
            case GETQUOTA -> new QuotaParser(args).get(tag);
            case GETQUOTAROOT -> new QuotaParser(args).root(tag);
            case SETQUOTA -> new QuotaParser(args).set(tag);
            case SETACL -> new AclParser(args).set(tag);
            case DELETEACL -> new AclParser(args).delete(tag);
            case GETACL -> new AclParser(args).get(tag);
            case LISTRIGHTS -> new AclParser(args).listRights(tag);
            case MYRIGHTS -> new AclParser(args).myRights(tag);
            case APPEND -> append(tag);
            case IDLE -> bare(new Command.Idle(tag));
            case CHECK -> bare(new Command.Check(tag));
            case CLOSE -> bare(new Command.Close(tag));
            case UNSELECT -> bare(new Command.Unselect(tag));
            case EXPUNGE -> bare(new Command.Expunge(tag));
            case SEARCH -> new SearchParser(args).search(tag, Command.Numbering.SEQ);
            case SORT -> new OrderParser(args).sort(tag, Command.Numbering.SEQ);
            case THREAD -> new OrderParser(args).thread(tag, Command.Numbering.SEQ);
            case FETCH -> fetches.fetch(tag, Command.Numbering.SEQ);
            case FILTER -> new FilterParser(args).filter(tag, Command.Numbering.SEQ);
            case STORE -> store(tag, Command.Numbering.SEQ);
            case CONVERSIONS -> new ConvertParser(args, fetches).conversions(tag);
            case CONVERT -> new ConvertParser(args, fetches).convert(tag, Command.Numbering.SEQ);
            case COPY -> bare(new Command.Copy(tag, targets(Command.Numbering.SEQ), mailbox()));
            case MOVE -> bare(new Command.Move(tag, targets(Command.Numbering.SEQ), mailbox()));
            case REPLACE -> replace(tag, Command.Numbering.SEQ);
            case UID -> uid(tag);
            case UIDBATCHES -> uidBatches(tag);
        };
    }

    private Command uid(Tag tag) throws IOException, SyntaxException {
        args.space("a command");
        UidVerb verb = args.word(UID_VERBS, "a command");
        String name = "UID " + args.shownWord();
        if (verb == null || !args.isNext(' ') && !line.atLineEnd()) {
            return unknown(tag, name);
        }
        args.begin(name);
        return switch (verb) {
            case CONVERT -> new ConvertParser(args, fetches).convert(tag, Command.Numbering.UID);
            case COPY -> bare(new Command.Copy(tag, targets(Command.Numbering.UID), mailbox()));
            case MOVE -> bare(new Command.Move(tag, targets(Command.Numbering.UID), mailbox()));
            case REPLACE -> replace(tag, Command.Numbering.UID);
            case FETCH -> fetches.fetch(tag, Command.Numbering.UID);
            case FILTER -> new FilterParser(args).filter(tag, Command.Numbering.UID);
            case STORE -> store(tag, Command.Numbering.UID);
            case SEARCH -> new SearchParser(args).search(tag, Command.Numbering.UID);
            // RFC 7377 2 has it in an example, though not in its grammar: results are UIDs anyhow.
            case ESEARCH -> new SearchParser(args).esearch(tag);
            case SORT -> new OrderParser(args).sort(tag, Command.Numbering.UID);
            case THREAD -> new OrderParser(args).thread(tag, Command.Numbering.UID);
            case EXPUNGE -> uidExpunge(tag);
        };
    }

    private Command unknown(Tag tag, String name) throws IOException {
        return line.skipRest() ? new Command.Unknown(tag, name) : overrun(tag);
    }

    private Command bare(Command complete) throws IOException, SyntaxException {
        args.end();
        return complete;
    }

    private String mailbox() throws IOException, SyntaxException {
        args.space("a mailbox name");
        return args.mailbox("a mailbox name");
    }

    private NumberSet targets(Command.Numbering by) throws IOException, SyntaxException {
        args.space("a set of messages");
        return switch (by) {
            case SEQ -> args.seqs();
            case UID -> args.uids();
        };
    }

    private Command uidExpunge(Tag tag) throws IOException, SyntaxException {
        args.space("a set of UIDs");
        return bare(new Command.UidExpunge(tag, args.uids()));
    }

    /// RFC 10022 3
    private Command uidBatches(Tag tag) throws IOException, SyntaxException {
        args.space("the size of a batch");
        long size = args.nzNumber("the size of a batch");
        long first = 1;
        long last = Ranges.MAX;
        if (args.isNext(' ')) {
            args.space("a range of batches");
            first = args.nzNumber("the first batch");
            args.take(':', "a colon and the last batch");
            last = args.nzNumber("the last batch");
            if (last < first) {
                throw args.invalid("a range of batches that goes backwards");
            }
        }
        return bare(new Command.UidBatches(tag, size, first, last));
    }

    /// LSUB and those that have its arguments.
    private Command listing(BiFunction<String, String, Command> command) throws IOException, SyntaxException {
        args.space("a reference name");
        String reference = args.mailbox("a reference name");
        args.space("a mailbox pattern");
        return bare(command.apply(reference, args.listMailbox("a mailbox pattern")));
    }

    private Command login(Tag tag) throws IOException, SyntaxException {
        args.space("a user name");
        String user = args.astring("a user name");
        args.space("a password");
        return bare(new Command.Login(tag, user, args.astring("a password")));
    }

    private Command authenticate(Tag tag) throws IOException, SyntaxException {
        args.space("a mechanism");
        String mechanism = args.name("a mechanism");
        Optional<byte[]> initial = Optional.empty();
        if (args.isNext(' ')) {
            args.space("an initial response");
            byte[] text = args.base64Text("an initial response in base64");
            boolean empty = text.length == 1 && text[0] == '=';
            Optional<byte[]> decoded = empty ? Optional.of(new byte[0]) : base64(text);
            initial = Optional.of(decoded.orElseThrow(() -> args.invalid("initial response that is not base64")));
        }
        return bare(new Command.Authenticate(tag, mechanism, initial));
    }

    /// The JDK's decoder would do without padding. RFC 9051 9: base64
    private static Optional<byte[]> base64(byte[] text) {
        try {
            return text.length % 4 != 0
                    ? Optional.empty()
                    : Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private Command cancelUpdate(Tag tag) throws IOException, SyntaxException {
        List<Tag> searches = new ArrayList<>();
        do {
            args.space("the tag of a search");
            String search = args.string("the tag of a search");
            if (searches.size() == args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " tags");
            }
            searches.add(new Tag(search));
        } while (args.isNext(' '));
        return bare(new Command.CancelUpdate(tag, searches));
    }

    private Command compress(Tag tag) throws IOException, SyntaxException {
        args.space("a compression algorithm");
        return bare(new Command.Compress(tag, args.name("a compression algorithm")));
    }

    private Command enable(Tag tag) throws IOException, SyntaxException {
        Set<String> capabilities = new LinkedHashSet<>();
        do {
            args.space("a capability");
            capabilities.add(args.name("a capability"));
            if (capabilities.size() > args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " capabilities");
            }
        } while (args.isNext(' '));
        return bare(new Command.Enable(tag, List.copyOf(capabilities)));
    }

    /// RFC 2971 3.3: at most 30 fields, names of 30 and values of 1024 bytes.
    private Command id(Tag tag) throws IOException, SyntaxException {
        args.space("a list of fields or NIL");
        List<IdField> fields = new ArrayList<>();
        if (!args.skip('(')) {
            if (!args.atom("a list of fields or NIL").equalsIgnoreCase("NIL")) {
                throw args.invalid("neither a list of fields nor NIL");
            }
            return bare(new Command.Id(tag, List.of()));
        }
        while (!args.skip(')')) {
            if (!fields.isEmpty()) {
                args.space("a field name");
            }
            String name = args.string("a field name");
            args.space("a field value");
            Optional<String> value = args.nstring("a field value");
            if (fields.size() == 30 || name.length() > 30 || value.orElse("").length() > 1024) {
                throw args.invalid("too many or too long fields");
            }
            fields.add(new IdField(name, value));
        }
        return bare(new Command.Id(tag, List.copyOf(fields)));
    }

    private Command store(Tag tag, Command.Numbering by) throws IOException, SyntaxException {
        NumberSet targets = targets(by);
        args.space("FLAGS, +FLAGS or -FLAGS");
        OptionalLong unchangedSince = OptionalLong.empty();
        if (args.skip('(')) {
            if (args.word(UNCHANGEDSINCE, "UNCHANGEDSINCE") == null) {
                throw args.invalid("unknown modifier " + args.shownWord());
            }
            args.space("a mod-sequence");
            unchangedSince = OptionalLong.of(args.number64("a mod-sequence"));
            args.take(')', "the closing parenthesis of modifiers");
            args.space("FLAGS, +FLAGS or -FLAGS");
        }
        StoreAction.Kind kind = StoreAction.Kind.REPLACE;
        if (args.skip('+')) {
            kind = StoreAction.Kind.ADD;
        } else if (args.skip('-')) {
            kind = StoreAction.Kind.REMOVE;
        }
        Boolean silent = args.word(FLAGS, "FLAGS, +FLAGS or -FLAGS");
        if (silent == null && kind == StoreAction.Kind.REPLACE && args.again(ANNOTATION) != null) {
            return new AnnotationParser(args).store(tag, targets, unchangedSince);
        }
        if (silent == null) {
            throw args.invalid("unknown item " + args.shownWord());
        }
        args.space("flags");
        Flags flags = args.storeFlags();
        return bare(new Command.Store(tag, targets, new StoreAction(kind, flags, silent), unchangedSince));
    }

    private Command append(Tag tag) throws IOException, SyntaxException {
        String mailbox = mailbox();
        return new Command.Append(tag, mailbox, messages(false));
    }

    private Command replace(Tag tag, Command.Numbering by) throws IOException, SyntaxException {
        args.space("the number of a message");
        NumberSet target = switch (by) {
            case SEQ -> new NumberSet.Seqs(args.oneNumber());
            case UID -> new NumberSet.Uids(args.oneNumber());
        };
        String mailbox = mailbox();
        return new Command.Replace(tag, target, mailbox, messages(true));
    }

    /// The messages that follow; from here on they are pulled.
    private AppendReader messages(boolean single) throws IOException, SyntaxException {
        if (!args.isNext(' ')) {
            throw args.expected("a space and a message literal");
        }
        AppendReader messages = new AppendReader(args, single);
        append = messages;
        return messages;
    }

    // ---- lines that are no commands

    /// The client's answer to a challenge of AUTHENTICATE, one line of base64. RFC 9051 6.2.2
    public AuthLine readAuthLine() throws IOException {
        line.begin();
        args.begin("AUTHENTICATE");
        args.release();
        try {
            if (args.skip('*')) {
                args.end();
                return new AuthLine.Cancelled();
            }
            byte[] text = line.atLineEnd() ? new byte[0] : args.base64Text("base64 or *");
            args.end();
            return base64(text)
                    .<AuthLine>map(AuthLine.Response::new)
                    .orElse(new AuthLine.Malformed("response that is not base64"));
        } catch (SyntaxException e) {
            return new AuthLine.Malformed(line.skipRest() ? e.why() : "response that is too long");
        }
    }

    /// How IDLE ended.
    public enum IdleEnd {
        /// As it should.
        DONE,
        /// With another line, which has been skipped: BAD.
        OTHER,
        /// With more than we read: BYE.
        OVERRUN
    }

    /// Waits for the line that ends IDLE. RFC 9051 6.3.13
    public IdleEnd readDone() throws IOException {
        line.begin();
        args.begin("IDLE");
        args.release();
        try {
            if (args.word(DONE, "DONE") != null) {
                args.end();
                return IdleEnd.DONE;
            }
        } catch (SyntaxException e) {
            // answered below like any other wrong line
        }
        return line.skipRest() ? IdleEnd.OTHER : IdleEnd.OVERRUN;
    }
}
