package palomar.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import palomar.admin.ControlFailure;
import palomar.auth.Authenticator;
import palomar.auth.UserRecord;
import palomar.delivery.sieve.SieveDelivery;
import palomar.event.Event;
import palomar.event.LogLevels;
import palomar.managesieve.ScriptCheck;
import palomar.scripts.ScriptEntry;
import palomar.scripts.ScriptLimits;
import palomar.scripts.ScriptName;
import palomar.scripts.ScriptOwner;
import palomar.scripts.ScriptStore;
import palomar.scripts.UserScripts;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// What `palomar sieve` does with a user's scripts, in a running server or while none runs. Refusals are
/// [ControlFailure]s with the text for the operator.
public final class ScriptWork {
    /// Bytes of a script in one line of an answer.
    private static final int LINE = 3 << 10;

    /// No script is larger, by whatever configuration.
    private static final int MOST_BYTES = 16 << 20;

    private final Authenticator door;
    private final Storage storage;
    private final ScriptStore scripts;
    private final Supplier<ScriptCheck> check;

    /// @param check asked each time
    ScriptWork(Authenticator door, Storage storage, ScriptStore scripts, Supplier<ScriptCheck> check) {
        this.door = door;
        this.storage = storage;
        this.scripts = scripts;
        this.check = check;
    }

    /// What to do.
    public enum Verb {
        LIST(1),
        /// Answers with the script in base64, in as many lines as it takes.
        GET(2),
        PUT(2),
        DELETE(2),
        ACTIVATE(2),
        DEACTIVATE(1),
        /// The last lines about a user's scripts.
        LOG(1),
        RENAME(3);

        private final int words;

        Verb(int words) {
            this.words = words;
        }
    }

    /// With the scripts of a server that does not run.
    @FunctionalInterface
    public interface Work {
        void with(ScriptWork scripts) throws IOException;
    }

    /// Opens the store, does the work, closes the store.
    ///
    /// Throws [Refused] when the data directory is in use or the store can't be opened.
    public static void offline(Plan plan, Clock clock, Work work) throws IOException {
        LogHouse log = new LogHouse(clock);
        Event event = log.event();
        try (Closings closings = new Closings(event)) {
            closings.add("log", log::close);
            log.levels(LogLevels.all(Event.Level.WARN));
            DataFolder folder =
                    DataFolder.takeForCommand(plan.settings().server().data());
            closings.add("data directory", folder::close);
            Storage storage = Stores.open(plan.settings(), clock, event);
            closings.add("store", storage::close);
            Doors doors = new Doors(clock, event);
            closings.add("authentication", doors::close);
            ScriptHouse scripts = new ScriptHouse(plan.settings(), storage, clock, event);
            ScriptCheck check = SieveLanguage.check(plan.settings());
            work.with(new ScriptWork(doors.open(plan), storage, scripts, () -> check));
        }
    }

    /// @param words the user, then names of scripts
    /// @param content the script to put
    public void run(Verb verb, List<String> words, InputStream content, Consumer<String> out) throws IOException {
        if (words.size() != verb.words) {
            throw refused(ExitCode.USAGE, "wrong number of names");
        }
        ScriptOwner owner = owner(words.getFirst());
        try (UserScripts mine = scripts.open(owner)) {
            switch (verb) {
                case LIST -> mine.list().forEach(entry -> out.accept(row(entry)));
                case GET -> get(mine, name(words, 1), out);
                case PUT -> put(mine, owner, name(words, 1), content);
                case DELETE -> delete(mine, name(words, 1));
                case ACTIVATE -> {
                    ScriptName name = name(words, 1);
                    refuseUnfit(mine.content(name).orElseThrow(() -> missing(name.value())), owner);
                    if (!mine.activate(name)) {
                        throw missing(name.value());
                    }
                }
                case DEACTIVATE -> mine.deactivate();
                case LOG -> log(owner).lines().forEach(out);
                case RENAME -> rename(mine, name(words, 1), name(words, 2));
            }
        }
    }

    private ScriptOwner owner(String user) {
        UserRecord record =
                door.lookup("sieve", user).orElseThrow(() -> refused(ExitCode.NO_USER, "there is no user " + user));
        return new ScriptOwner(record.name(), record.field("home"));
    }

    private static ScriptName name(List<String> words, int at) {
        String text = words.get(at);
        Optional<String> problem = ScriptName.problem(text);
        if (problem.isPresent()) {
            throw refused(ExitCode.DATA, problem.get());
        }
        return new ScriptName(text);
    }

    private static ControlFailure refused(ExitCode code, String text) {
        return new ControlFailure(code.number(), text);
    }

    private String log(ScriptOwner owner) {
        try (UserMail mail = storage.open(owner.user())) {
            return mail.attributes()
                    .get(SieveDelivery.LOG)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
        }
    }

    private static ControlFailure missing(String name) {
        return refused(ExitCode.NO_INPUT, "there is no script " + name);
    }

    private static String row(ScriptEntry entry) {
        return (entry.active() ? "* " : "  ") + entry.modified().toString().substring(0, 19) + "Z "
                + " ".repeat(Math.max(0, 8 - Long.toString(entry.size()).length())) + entry.size() + " " + entry.name();
    }

    private static void get(UserScripts mine, ScriptName name, Consumer<String> out) {
        byte[] content = mine.content(name).orElseThrow(() -> missing(name.value()));
        for (int from = 0; from < content.length; from += LINE) {
            byte[] piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + LINE));
            out.accept(Base64.getEncoder().encodeToString(piece));
        }
    }

    private void refuseUnfit(byte[] script, ScriptOwner owner) {
        List<String> errors = check.get().check(script, owner).errors();
        if (!errors.isEmpty()) {
            throw refused(ExitCode.DATA, "the script does not compile: " + String.join("; ", errors));
        }
    }

    private void put(UserScripts mine, ScriptOwner owner, ScriptName name, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MOST_BYTES + 1);
        if (bytes.length == 0) {
            throw refused(ExitCode.DATA, "an empty script is no script");
        }
        refuseUnfit(bytes, owner);
        Optional<ScriptLimits.Excess> excess = mine.put(name, bytes);
        if (excess.isPresent()) {
            throw refused(
                    ExitCode.UNAVAILABLE,
                    switch (excess.get()) {
                        case TOO_MANY -> "too many scripts: see sieve.scripts.max_scripts";
                        case TOO_BIG -> "the script is too large: see sieve.scripts.max_script";
                        case TOO_MUCH -> "all scripts together would be too large: see sieve.scripts.max_total";
                    });
        }
    }

    private static void delete(UserScripts mine, ScriptName name) {
        switch (mine.delete(name)) {
            case DONE -> {}
            case NOT_THERE -> throw missing(name.value());
            case ACTIVE ->
                throw refused(ExitCode.UNAVAILABLE, name + " is active: activate another one or deactivate it first");
        }
    }

    private static void rename(UserScripts mine, ScriptName from, ScriptName to) {
        switch (mine.rename(from, to)) {
            case DONE -> {}
            case NOT_THERE -> throw missing(from.value());
            case TAKEN -> throw refused(ExitCode.UNAVAILABLE, "there is a script " + to + " already");
        }
    }
}
