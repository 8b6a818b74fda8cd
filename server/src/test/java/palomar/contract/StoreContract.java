package palomar.contract;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import palomar.storage.Storage;

/// A store for each test, opened before it and closed behind it.
public abstract class StoreContract {
    protected Storage storage;

    /// A store with nothing in it, or for a durable store that was opened before: the same store again.
    protected abstract Storage open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        storage = open();
    }

    @AfterEach
    void closeStore() {
        storage.close();
    }

    final void reopenWhenDurable() throws IOException {
        if (storage.traits().durable()) {
            closeStore();
            openStore();
        }
    }
}
