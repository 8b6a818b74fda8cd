package palomar.storage.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;
import palomar.mail.MessageGuid;
import palomar.message.MessageParser;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;

/// Collects one message in memory and parses it as it passes.
final class MemoryStaging extends Staging {
    private final MessageGuid guid;
    private final MemoryOutput content = new MemoryOutput(4096);
    private final MessageParser parser = new MessageParser();

    MemoryStaging(MessageGuid guid) {
        this.guid = guid;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        try {
            content.write(source, offset, length);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        parser.feed(source, offset, length);
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public StagedMessage finish() {
        return new StagedMessage(ByteSource.of(content.toByteArray()), parser.finish(), guid);
    }

    @Override
    public void close() {}
}
