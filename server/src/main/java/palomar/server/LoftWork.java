package palomar.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import palomar.event.Event;
import palomar.event.LogLevels;
import palomar.os.RealDisk;
import palomar.scripts.MailScripts;
import palomar.storage.loft.v1.ExportFormat;
import palomar.storage.loft.v1.LoftProblem;
import palomar.storage.loft.v1.LoftStats;
import palomar.storage.loft.v1.LoftStorage;
import palomar.storage.loft.v1.LoftTools;

/// What `palomar loft` does with a store: one that this process serves, or one that is opened for this alone.
///
/// Safe for many threads: the tools may run while the store serves.
public final class LoftWork {
    private static final long MIB = 1 << 20;

    private final LoftTools tools;
    private final Consumer<String> out;

    LoftWork(LoftStorage storage, Consumer<String> out) {
        this(new LoftTools(storage), out);
    }

    private LoftWork(LoftTools tools, Consumer<String> out) {
        this.tools = tools;
        this.out = out;
    }

    /// What to do with a store that no server has open.
    @FunctionalInterface
    public interface Work {
        ExitCode with(LoftWork loft) throws IOException;
    }

    /// Opens the store of a server that does not run, does the work, closes the store.
    ///
    /// Throws [Refused] when the data directory is in use or the store can't be opened.
    public static ExitCode offline(Plan plan, Clock clock, Consumer<String> out, Work work) throws IOException {
        refuseMissing(plan);
        LogHouse log = new LogHouse(clock);
        Event event = log.event();
        try (Closings closings = new Closings(event)) {
            closings.add("log", log::close);
            log.levels(LogLevels.all(Event.Level.WARN));
            DataFolder folder =
                    DataFolder.takeForCommand(plan.settings().server().data());
            closings.add("data directory", folder::close);
            LoftStorage storage = Stores.open(plan.settings(), clock, event);
            closings.add("store", storage::close);
            return work.with(new LoftWork(storage, out));
        }
    }

    /// Looks at the store of a server that does not run, without changing anything in it.
    ///
    /// Throws [Refused] when the data directory is in use, or there is no store or one that can't be read.
    public static ExitCode look(Plan plan, Clock clock, Consumer<String> out, Work work) throws IOException {
        refuseMissing(plan);
        LogHouse log = new LogHouse(clock);
        Event event = log.event();
        try (Closings closings = new Closings(event)) {
            closings.add("log", log::close);
            log.levels(LogLevels.all(Event.Level.WARN));
            closings.add(
                    "data directory", DataFolder.lookAt(plan.settings().server().data())::close);
            Path store = Stores.path(plan.settings());
            return LoftTools.inspect(store, new RealDisk(), event, tools -> work.with(new LoftWork(tools, out)));
        }
    }

    /// Verifies the store of a server that does not run, without changing anything in it.
    ///
    /// Throws [Refused] when the data directory is in use or there is no store.
    public static ExitCode verifyOffline(Plan plan, Consumer<String> out) throws IOException {
        refuseMissing(plan);
        Closeable held = DataFolder.lookAt(plan.settings().server().data());
        try {
            return report(LoftTools.verify(Stores.path(plan.settings()), new RealDisk(), damaged(out)), out);
        } finally {
            held.close();
        }
    }

    private static Consumer<LoftProblem> damaged(Consumer<String> out) {
        return problem -> out.accept("DAMAGED " + problem);
    }

    private static ExitCode report(long problems, Consumer<String> out) {
        out.accept(problems == 0 ? "no damage found" : counted(problems, "problem") + "; the rest is served");
        return problems == 0 ? ExitCode.OK : ExitCode.DATA;
    }

    /// Who names the wrong directory gets no empty store made for him.
    private static void refuseMissing(Plan plan) throws IOException {
        Path store = Stores.path(plan.settings());
        try {
            // Not isDirectory: to who may not look it says no.
            if (Files.readAttributes(store, BasicFileAttributes.class).isDirectory()) {
                return;
            }
        } catch (NoSuchFileException none) {
            throw new Refused(ExitCode.NO_INPUT, "there is no store in " + store, none);
        }
        throw new Refused(ExitCode.NO_INPUT, store + " is not a directory");
    }

    /// Throws away what is derived from the log and makes it anew.
    public static ExitCode rebuild(Plan plan, Clock clock, Consumer<String> out) throws IOException {
        refuseMissing(plan);
        try (DataFolder folder =
                DataFolder.takeForCommand(plan.settings().server().data())) {
            long segment = plan.settings().storage().segment().bytes();
            int shards = LoftTools.rebuild(Stores.path(plan.settings()), new RealDisk(), segment);
            out.accept("threw away the indexes of " + counted(shards, "shard") + " in " + folder.path());
        }
        return offline(plan, clock, out, loft -> {
            out.accept("made them anew from the log");
            return loft.stats();
        });
    }

    /// Reads every frame, mailbox, message and digest.
    public ExitCode verify() throws IOException {
        return report(tools.verify(damaged(out)), out);
    }

    public ExitCode stats() throws IOException {
        for (LoftStats.ShardStats shard : tools.stats().shards()) {
            out.accept("shard " + shard.number() + ": " + counted(shard.users(), "user") + ", "
                    + shard.mailboxes() + (shard.mailboxes() == 1 ? " mailbox, " : " mailboxes, ")
                    + counted(shard.messages(), "message") + " of " + mebibytes(shard.messageBytes()) + "; log "
                    + mebibytes(shard.logBytes()) + " in " + counted(shard.segments(), "segment") + ", "
                    + mebibytes(shard.storedBytes()) + " on disk, " + mebibytes(shard.liveBytes())
                    + " of it live bodies");
            for (Map.Entry<String, Long> frames : shard.frames().entrySet()) {
                long bytes = shard.frameBytes().getOrDefault(frames.getKey(), 0L);
                out.accept(
                        "  " + frames.getKey() + ": " + counted(frames.getValue(), "frame") + ", " + mebibytes(bytes));
            }
        }
        return ExitCode.OK;
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
    }

    public ExitCode compact() {
        int gone = tools.compact();
        out.accept(gone + " segments were compacted away");
        return ExitCode.OK;
    }

    /// After an older copy of the data directory was put back: see [LoftTools#restored].
    public ExitCode restored() {
        int boxes = tools.restored();
        out.accept(counted(boxes, "mailbox") + " will not give out again what they may have given since the copy");
        return ExitCode.OK;
    }

    /// @param user whose mail; empty: everybody's, each in a folder of his name
    /// @param target made when missing; must be absolute when the server does the work
    public ExitCode export(String user, ExportFormat format, Path target) throws IOException {
        List<String> users = user.isEmpty()
                ? tools.users().stream()
                        .filter(name -> !MailScripts.isCompanion(name))
                        .toList()
                : List.of(user);
        for (String each : users) {
            Path folder = user.isEmpty() ? target.resolve(each) : target;
            long messages = tools.export(each, format, folder);
            out.accept(each + ": " + messages + " messages to " + folder);
        }
        return ExitCode.OK;
    }
}
