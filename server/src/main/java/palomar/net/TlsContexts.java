package palomar.net;

import java.util.concurrent.atomic.AtomicReference;

/// The TLS context in force, exchanged by a reload without touching sessions. Safe for many threads.
public final class TlsContexts {
    private final AtomicReference<Loaded> loaded;

    /// What was read from the files of some settings.
    public record Loaded(TlsSettings settings, TlsContext context) {}

    private TlsContexts(Loaded first) {
        loaded = new AtomicReference<>(first);
    }

    public static TlsContexts load(TlsSettings settings) throws TlsSettingsException {
        return new TlsContexts(new Loaded(settings, TlsContext.load(settings)));
    }

    public TlsContext current() {
        return loaded.get().context();
    }

    /// What is in force, for [#become] when a later step of a reload fails.
    public Loaded loaded() {
        return loaded.get();
    }

    /// Puts in force what was read before; reads no file.
    public void become(Loaded before) {
        loaded.set(before);
    }

    /// Reads the files of new settings; when they can't be used the old context stays in force.
    public void reload(TlsSettings settings) throws TlsSettingsException {
        loaded.set(new Loaded(settings, TlsContext.load(settings)));
    }

    /// Reads the same files again, for certificates that were renewed.
    public void reload() throws TlsSettingsException {
        reload(loaded.get().settings());
    }
}
