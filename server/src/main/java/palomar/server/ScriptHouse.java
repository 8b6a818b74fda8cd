package palomar.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import palomar.config.PalomarSettings;
import palomar.config.ScriptsSection;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.scripts.FileScripts;
import palomar.scripts.MailScripts;
import palomar.scripts.ScriptLimits;
import palomar.scripts.ScriptOwner;
import palomar.scripts.ScriptStore;
import palomar.scripts.UserScripts;
import palomar.storage.Storage;

/// Users' scripts, wherever the configuration has them just now. Safe for many threads.
public final class ScriptHouse implements ScriptStore {
    private final MailScripts mail;
    private final FileScripts files;
    private volatile ScriptStore current;

    ScriptHouse(PalomarSettings settings, Storage storage, InstantSource clock, Event event) {
        ScriptsSection scripts = settings.sieve().scripts();
        mail = new MailScripts(storage, limits(scripts), clock, event);
        files = new FileScripts(new RealDisk(), files(scripts), clock, new SecureRandom(), event);
        current = chosen(scripts);
    }

    /// For sessions and deliveries that begin from now on. Scripts stay where they are.
    void become(PalomarSettings settings) {
        ScriptsSection scripts = settings.sieve().scripts();
        mail.limits(limits(scripts));
        files.reload(files(scripts));
        current = chosen(scripts);
    }

    private ScriptStore chosen(ScriptsSection scripts) {
        return switch (scripts.keep()) {
            case STORE -> mail;
            case FILES -> files;
        };
    }

    private static ScriptLimits limits(ScriptsSection scripts) {
        return new ScriptLimits(
                scripts.maxScripts(),
                scripts.maxScript().bytes(),
                scripts.maxTotal().bytes());
    }

    private static FileScripts.Settings files(ScriptsSection scripts) {
        return new FileScripts.Settings(scripts.folder(), scripts.active(), limits(scripts));
    }

    @Override
    public UserScripts open(ScriptOwner owner) {
        return current.open(owner);
    }

    @Override
    public void forget(ScriptOwner owner) {
        current.forget(owner);
    }
}
