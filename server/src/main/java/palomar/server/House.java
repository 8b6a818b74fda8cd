package palomar.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import palomar.admin.ControlServer;
import palomar.config.PalomarSettings;
import palomar.config.SettingsFile;
import palomar.delivery.Lda;
import palomar.event.Event;
import palomar.net.Listener;
import palomar.net.Network;
import palomar.net.TlsContexts;
import palomar.net.TlsSettings;
import palomar.net.TlsSettingsException;
import palomar.outbox.CarrierSettings;
import palomar.outbox.SpooledOutbox;
import palomar.smtp.client.Transport;
import palomar.storage.loft.v1.LoftStorage;

/// The running server: builds its parts by plain constructors, in order, and takes them down in reverse.
///
/// One thread starts it and closes it; [#reload], [#askToStop] and what [HouseVerbs] offers may be called by any.
public final class House implements AutoCloseable {
    private final Clock clock;
    private final LogHouse log;
    private final Event event;
    private final DataFolder folder;
    private final TlsContexts tls;
    private final LoftStorage storage;
    private final SpooledOutbox outbox;
    private final Network network;
    private final Listeners listeners;
    private final Protocols protocols;
    private final Closings closings;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ReentrantLock changing = new ReentrantLock();
    private final PalomarSettings started;
    private Plan plan; // guarded by changing

    private House(
            Plan plan,
            Clock clock,
            LogHouse log,
            DataFolder folder,
            TlsContexts tls,
            LoftStorage storage,
            SpooledOutbox outbox,
            Network network,
            Listeners listeners,
            Protocols protocols,
            Closings closings) {
        this.started = plan.settings();
        this.plan = plan;
        this.clock = clock;
        this.log = log;
        this.event = log.event();
        this.folder = folder;
        this.tls = tls;
        this.storage = storage;
        this.outbox = outbox;
        this.network = network;
        this.listeners = listeners;
        this.protocols = protocols;
        this.closings = closings;
    }

    /// Starts everything; when this returns every listener accepts.
    ///
    /// Throws [Refused], with what to do, when something can't be started; then nothing is left running.
    public static House start(Plan plan, Clock clock) {
        LogHouse log = new LogHouse(clock);
        Closings closings = new Closings(log.event());
        closings.add("log", log::close);
        boolean started = false;
        try {
            House house = build(plan, clock, log, closings);
            started = true;
            return house;
        } catch (IOException failed) {
            throw new Refused(ExitCode.UNAVAILABLE, "can't start: " + IoText.of(failed), failed);
        } finally {
            if (!started) {
                closings.close();
            }
        }
    }

    private static House build(Plan plan, Clock clock, LogHouse log, Closings closings) throws IOException {
        Event event = log.event();
        PalomarSettings settings = plan.settings();
        log.become(settings.log());
        DataFolder folder = DataFolder.take(settings.server().data());
        closings.add("data directory", folder::close);
        LoftStorage storage = Stores.open(settings, clock, event);
        closings.add("store", storage::close);
        SpooledOutbox outbox = Relays.open(plan, clock, event);
        closings.add("outgoing mail", outbox::close);
        TlsContexts tls = loadTls(plan, folder, clock);
        Protocols protocols = new Protocols(plan, storage, outbox, tls, clock, event);
        closings.add("authentication", protocols::close);
        outbox.webhooks(Relays.web(plan, clock), Relays.webCarrier(settings), protocols::notPosted);
        Network network = new Network(clock, event);
        network.limits(NetSettings.limits(settings.limits()));
        Listeners listeners = new Listeners(network, tls, protocols.handlers(), event);
        House house =
                new House(plan, clock, log, folder, tls, storage, outbox, network, listeners, protocols, closings);
        closings.add("network", () -> network.stop(house.settings().server().grace()));
        listeners.become(netSettings(settings));
        house.openControl();
        outbox.start();
        protocols.start();
        event.info(
                "server.ready",
                "ready",
                "version",
                Version.number(),
                "process",
                ProcessHandle.current().pid());
        return house;
    }

    private static TlsContexts loadTls(Plan plan, DataFolder folder, Clock clock) {
        try {
            return TlsContexts.load(Certificates.of(plan, folder, clock));
        } catch (TlsSettingsException wrong) {
            throw new Refused(ExitCode.CONFIG, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static List<palomar.net.ListenerSettings> netSettings(PalomarSettings settings) {
        return settings.listeners().stream()
                .map(listener -> NetSettings.listener(listener, settings))
                .toList();
    }

    private void openControl() {
        Path socket = DataFolder.controlSocket(folder.path());
        try {
            HouseVerbs verbs = new HouseVerbs(this);
            ControlServer control = ControlServer.open(socket, verbs.all(), verbs.intakes(), event);
            closings.add(
                    "control socket", () -> control.stop(settings().server().grace()));
        } catch (IOException failed) {
            // The mail goes on without it; SIGHUP and SIGTERM still work.
            event.warn(
                    "server.control",
                    "no control socket: reload, stop, deliver, who and kick will not work",
                    "path",
                    socket,
                    "cause",
                    failed);
        }
    }

    /// Reads the configuration again and becomes what it says; sessions go on.
    ///
    /// @return lines for the operator; throws [Refused] when the old configuration stays in force
    public List<String> reload() {
        changing.lock();
        try {
            List<String> done = new ArrayList<>();
            Plan next = nextPlan(done);
            // For whoever reloads by a signal and gets no answer.
            List<String> changes = List.copyOf(done);
            become(next, done);
            plan = next;
            changes.forEach(line -> event.info("server.reload", line));
            event.info("server.reload", "reloaded");
            return done;
        } catch (Refused refused) {
            event.error(
                    "server.reload",
                    "not reloaded, the old configuration stays in force: " + refused.getMessage(),
                    null);
            throw refused;
        } finally {
            changing.unlock();
        }
    }

    private Plan nextPlan(List<String> done) {
        if (plan.file().isEmpty()) {
            done.add("a demo has no configuration file; log and certificates were opened again");
            return plan;
        }
        SettingsFile.Loaded<PalomarSettings> loaded =
                SettingsFile.load(plan.file().get());
        if (!loaded.ok()) {
            String problems = String.join(
                    "; ", loaded.problems().stream().map(Object::toString).toList());
            throw new Refused(ExitCode.CONFIG, problems);
        }
        PalomarSettings next = loaded.orThrow();
        done.addAll(RestartNeeds.lines(started, plan.settings(), next));
        return plan.with(next);
    }

    /// What can fail comes first and is taken back when something after it fails.
    private void become(Plan next, List<String> done) {
        TlsContexts.Loaded before = tls.loaded();
        try {
            TlsSettings wanted = Certificates.of(next, folder, clock);
            tls.reload(wanted);
            protocols.become(next);
            Transport web = Relays.web(next, clock);
            CarrierSettings webCarrier = Relays.webCarrier(next.settings());
            outbox.become(Relays.transport(next, clock, event), Relays.carrier(next.settings()));
            outbox.webhooks(web, webCarrier, protocols::notPosted);
            outbox.limits(Relays.limits(next.settings()));
            listeners.become(netSettings(next.settings()));
            network.limits(NetSettings.limits(next.settings().limits()));
            log.become(next.settings().log());
        } catch (TlsSettingsException | IOException failed) {
            goBack(before);
            throw new Refused(ExitCode.CONFIG, text(failed), failed);
        }
        for (Listener listener : listeners.open()) {
            done.add("listening: " + Listeners.name(listener.settings()) + " " + listener.endpoint());
        }
    }

    private static String text(Exception failed) {
        return failed instanceof IOException io ? IoText.of(io) : String.valueOf(failed.getMessage());
    }

    /// The certificates' files may be other ones by now: what was read from them before is what comes back.
    private void goBack(TlsContexts.Loaded before) {
        tls.become(before);
        try {
            protocols.become(plan);
            outbox.become(Relays.transport(plan, clock, event), Relays.carrier(plan.settings()));
            outbox.webhooks(Relays.web(plan, clock), Relays.webCarrier(plan.settings()), protocols::notPosted);
            outbox.limits(Relays.limits(plan.settings()));
            listeners.become(netSettings(plan.settings()));
            network.limits(NetSettings.limits(plan.settings().limits()));
        } catch (IOException failed) {
            event.error("server.reload", "the old configuration could not be restored in all parts: restart", failed);
        }
    }

    PalomarSettings settings() {
        changing.lock();
        try {
            return plan.settings();
        } finally {
            changing.unlock();
        }
    }

    /// For a message that `palomar deliver` brings.
    Lda lda() {
        return protocols.lda(settings().lmtp());
    }

    ScriptWork scriptWork() {
        return protocols.scriptWork();
    }

    LoftStorage loft() {
        return storage;
    }

    SpooledOutbox outbox() {
        return outbox;
    }

    TlsContexts tls() {
        return tls;
    }

    Network network() {
        return network;
    }

    LogHouse log() {
        return log;
    }

    /// Where clients come in, in the order of the configuration.
    public List<Listener> listeners() {
        changing.lock();
        try {
            return listeners.open();
        } finally {
            changing.unlock();
        }
    }

    /// Lets [#awaitStop] return.
    public void askToStop() {
        stopping.countDown();
    }

    /// Waits until somebody wants the server to end, or for as long as that.
    ///
    /// @return true when the server shall end
    public boolean awaitStop(Duration longest) throws InterruptedException {
        return stopping.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Stops: no new connections, BYE for sessions that wait, the grace time for those that work, then the store
    /// is closed and the data directory is free.
    @Override
    public void close() {
        event.info("server.stop", "stopping", "sessions", network.count());
        closings.close();
    }
}
