package palomar.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.net.SelfSigned;
import palomar.net.TlsContext;
import palomar.net.TlsContexts;
import palomar.net.TlsSettingsException;

/// One self-signed certificate for all tests of a run: making one takes a while.
public final class TestCertificate {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable TlsContext context;

    private TestCertificate() {}

    public static TlsContext context() throws IOException {
        LOCK.lock();
        try {
            TlsContext known = context;
            if (known == null) {
                known = TlsContexts.load(SelfSigned.create(
                                Files.createTempDirectory("test-certificate"), List.of(), InstantSource.system()))
                        .current();
                context = known;
            }
            return known;
        } catch (TlsSettingsException e) {
            throw new IOException("no certificate for tests", e);
        } finally {
            LOCK.unlock();
        }
    }
}
