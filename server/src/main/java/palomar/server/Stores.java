package palomar.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import palomar.config.PalomarSettings;
import palomar.config.StorageSection;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.storage.loft.v1.LoftSettings;
import palomar.storage.loft.v1.LoftStorage;
import palomar.storage.loft.v1.Retention;

/// Opens the store that the configuration asks for.
public final class Stores {
    private Stores() {}

    /// The store's directory.
    public static Path path(PalomarSettings settings) {
        return settings.storage()
                .path()
                .orElseGet(() -> settings.server().data().resolve("loft"));
    }

    static LoftStorage open(PalomarSettings settings, InstantSource clock, Event event) throws IOException {
        // The store makes what is missing with the usual mode; this keeps it closed to others wherever it lies.
        DataFolder.make(path(settings));
        return LoftStorage.open(loft(settings), new RealDisk(), clock, new SecureRandom(), event);
    }

    static LoftSettings loft(PalomarSettings settings) {
        StorageSection storage = settings.storage();
        LoftSettings usual = LoftSettings.of(path(settings));
        return new LoftSettings(
                path(settings),
                storage.shards() == 0 ? usual.shards() : storage.shards(),
                switch (storage.sync()) {
                    case ALL -> LoftSettings.Sync.ALL;
                    case MAIL -> LoftSettings.Sync.MAIL;
                    case NONE -> LoftSettings.Sync.NONE;
                },
                storage.compression(),
                usual.tuning()
                        .withSegmentBytes(storage.segment().bytes())
                        .withCheckpointSeconds((int) storage.checkpoint().toSeconds())
                        .withHistory(new Retention(storage.vanishedChanges(), storage.vanishedDays())));
    }
}
