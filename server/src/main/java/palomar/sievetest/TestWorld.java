package palomar.sievetest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.bytes.CrlfSource;
import palomar.delivery.sieve.Allowance;
import palomar.delivery.sieve.Attempt;
import palomar.delivery.sieve.Carried;
import palomar.delivery.sieve.Execution;
import palomar.delivery.sieve.Letter;
import palomar.delivery.sieve.Memory;
import palomar.delivery.sieve.Person;
import palomar.delivery.sieve.Programs;
import palomar.delivery.sieve.Surroundings;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.message.edit.EditedMessage;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.sieve.Host.LogLevel;
import palomar.sieve.Language;
import palomar.sieve.Program;
import palomar.sieve.Result;
import palomar.sieve.Run;
import palomar.sieve.Tracer;
import palomar.sieve.ext.imap4flags.FlagVariable;
import palomar.sieve.syntax.Octets;

/// All that one file's commands change, and that nothing else shares. One thread; close it.
final class TestWorld implements AutoCloseable {
    static final String HOST_NAME = "host.example.com";
    private static final String POSTMASTER = "postmaster@example.com";
    private static final String DEFAULT_MESSAGE =
            "From: sender@example.com\r\nTo: recipient@example.org\r\nSubject: Frop!\r\n\r\nFriep!\r\n";

    private final Path folder;
    private final Language language;
    private final Equipment equipment;
    private final TestReport report;
    private final TestSettings settings = new TestSettings();
    private final SentMail sent = new SentMail();
    private final TestStore store;
    private final List<String> errors = new ArrayList<>();
    private final Map<String, Binary> binaries = new HashMap<>();
    private final Map<String, String> sharedVariables = new HashMap<>();

    private EditedMessage message;
    private List<String> messageFlags = List.of();
    private Envelope envelope;
    private Result result = new Result();
    private FlagVariable flags = new FlagVariable(this::messageFlags);
    private int executed;
    private boolean implicitlyKept;
    private @Nullable Compiled compiled;
    private @Nullable TestBlock current;

    /// What all files have in common.
    ///
    /// @param log messages of tested scripts are shown there; empty: nowhere
    /// @param err for faults of the files themselves
    record Equipment(
            InstantSource clock,
            RandomGenerator random,
            Programs programs,
            String version,
            Optional<PrintStream> log,
            PrintStream err,
            boolean reload,
            boolean debug,
            Optional<Tracer> tracer) {}

    /// @param folder of the file, absolute
    TestWorld(Path folder, Language language, Equipment equipment, TestReport report) throws IOException {
        this.folder = folder;
        this.language = language;
        this.equipment = equipment;
        this.report = report;
        this.store = new TestStore(equipment.clock(), equipment.random());
        this.message = EditedMessage.of(ByteSource.of(DEFAULT_MESSAGE.getBytes(StandardCharsets.US_ASCII)));
        this.envelope = TestEnvelope.of(message.header());
    }

    static TestWorld of(Run run) {
        return run.state(Place.class, TestWorld::nowhere).world();
    }

    static Place placeOf(Run run) {
        return run.state(Place.class, TestWorld::nowhere);
    }

    private static Place nowhere() {
        throw new IllegalStateException("vnd.dovecot.testsuite outside its runner");
    }

    /// Where a run belongs.
    ///
    /// @param folder of the script
    /// @param subTest it is not the file itself
    /// @param failed a `test_fail` ended it
    record Place(TestWorld world, Path folder, boolean subTest, boolean[] failed) {
        boolean hasFailed() {
            return failed[0];
        }
    }

    /// @param folder of the script
    record Compiled(Program program, Path folder) {}

    /// A script in its serialised form.
    record Binary(byte[] bytes, Path folder) {}

    Path folder() {
        return folder;
    }

    Language language() {
        return language;
    }

    InstantSource clock() {
        return equipment.clock();
    }

    String version() {
        return equipment.version();
    }

    Programs programs() {
        return equipment.programs();
    }

    TestReport report() {
        return report;
    }

    TestSettings settings() {
        return settings;
    }

    SentMail sent() {
        return sent;
    }

    TestStore store() {
        return store;
    }

    IncludeFolders scripts() {
        return new IncludeFolders(folder, settings);
    }

    TestLists lists() {
        return new TestLists(folder, settings);
    }

    Map<String, Binary> binaries() {
        return binaries;
    }

    Map<String, String> sharedVariables() {
        return sharedVariables;
    }

    boolean reloads() {
        return equipment.reload();
    }

    EditedMessage message() {
        return message;
    }

    Envelope envelope() {
        return envelope;
    }

    Result result() {
        return result;
    }

    List<String> errors() {
        return errors;
    }

    Optional<Compiled> compiled() {
        return Optional.ofNullable(compiled);
    }

    void compiled(Compiled script) {
        compiled = script;
    }

    private List<String> messageFlags() {
        return messageFlags;
    }

    /// The test that is running.
    Optional<TestBlock> current() {
        return Optional.ofNullable(current);
    }

    void current(@Nullable TestBlock test) {
        current = test;
    }

    /// Another current message, with the envelope that its header has.
    void message(Run run, ByteSource content, List<String> itsFlags) throws IOException {
        message = EditedMessage.of(CrlfSource.of(content));
        messageFlags = List.copyOf(itsFlags);
        run.message(message);
        envelope(run, TestEnvelope.of(message.header()));
    }

    void defaultMessage(Run run) throws IOException {
        message(run, ByteSource.of(DEFAULT_MESSAGE.getBytes(StandardCharsets.US_ASCII)), List.of());
    }

    void message(Run run, String text) throws IOException {
        message(run, ByteSource.of(Octets.encode(text)), List.of());
    }

    void envelope(Run run, Envelope other) {
        envelope = other;
        run.envelope(other);
    }

    /// The current result begins anew.
    void emptyResult(Run run) {
        result = new Result();
        executed = 0;
        implicitlyKept = false;
        flags = new FlagVariable(this::messageFlags);
        run.result(result);
        run.forget(FlagVariable.class);
        run.state(FlagVariable.class, () -> flags);
    }

    /// Another run of this file has emptied the result.
    void adopt(Run run) {
        run.result(result);
        run.forget(FlagVariable.class);
        run.state(FlagVariable.class, () -> flags);
    }

    void reset(Run run) throws IOException {
        sent.clear();
        message = EditedMessage.of(message.original().content());
        run.message(message);
        emptyResult(run);
    }

    /// A run of a script, or of the file itself, on the current message, into `into`.
    Run run(Place place, Result into, FlagVariable variable, EditedMessage edited) {
        Run run = new Run(
                edited,
                envelope,
                new TestHost(this, place.subTest()),
                settings.limits(),
                into,
                equipment.tracer().orElse(null));
        run.state(Place.class, () -> place);
        run.state(FlagVariable.class, () -> variable);
        return run;
    }

    Run run(Place place) {
        return run(place, result, flags, message);
    }

    FlagVariable freshFlags() {
        return new FlagVariable(this::messageFlags);
    }

    /// Carries out what was not carried out yet; false: something failed, and is on the list.
    boolean execute() throws IOException {
        Result rest = new Result();
        List<Action> actions = result.actions();
        actions.subList(Math.min(executed, actions.size()), actions.size()).forEach(rest::add);
        rest.implicitKeepFlags(flags.forCopies().or(result::implicitKeepFlags));
        if (!result.implicitKeep() || implicitlyKept) {
            rest.cancelImplicitKeep();
        }
        executed = actions.size();
        implicitlyKept |= result.implicitKeep();
        return execute(rest);
    }

    /// Carries out another result than the current one, for a message edited apart from the current one.
    boolean execute(Result wanted, EditedMessage edited) throws IOException {
        EditedMessage before = message;
        message = edited;
        try {
            return execute(wanted);
        } finally {
            message = before;
        }
    }

    private boolean execute(Result wanted) throws IOException {
        Letter letter = Letter.of(message.original().content(), envelope, clock().instant());
        try (Execution execution = new Execution(person(), letter, surroundings(), Memory.NONE, Attempt.ONLY)) {
            Carried carried = execution.carry(wanted, message);
            carried.errors().forEach(text -> logged(LogLevel.ERROR, text));
            carried.notes().forEach(text -> logged(LogLevel.INFO, text));
            return carried.ok();
        } catch (MailException failed) {
            logged(LogLevel.ERROR, failed.getMessage());
            return false;
        }
    }

    private Person person() {
        return new Person(
                store.mail(),
                settings.get("sieve_user_email"),
                TestStore.SEPARATOR,
                MailboxName.INBOX,
                false,
                false,
                settings,
                lists()::members);
    }

    private Surroundings surroundings() {
        return new Surroundings(
                store.storage()::stage,
                sent,
                equipment.programs(),
                equipment.clock(),
                ZoneId.systemDefault(),
                equipment.random(),
                HOST_NAME,
                POSTMASTER,
                Allowance.UNLIMITED,
                Event.SILENT);
    }

    /// A message about a script under test.
    void logged(LogLevel level, String text) {
        if (level == LogLevel.ERROR) {
            errors.add(text);
        }
        if (level != LogLevel.DEBUG || equipment.debug()) {
            equipment.log().ifPresent(out -> out.println(word(level) + ": " + text));
        }
    }

    /// A message of the file itself.
    void ownLog(LogLevel level, String text) {
        if (level != LogLevel.DEBUG || equipment.debug()) {
            equipment.err().println(word(level) + ": " + text);
        }
    }

    private static String word(LogLevel level) {
        return switch (level) {
            case DEBUG -> "debug";
            case INFO -> "info";
            case WARNING -> "warning";
            case ERROR -> "error";
        };
    }

    @Override
    public void close() {
        store.close();
    }
}
