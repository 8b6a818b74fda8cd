package palomar.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import palomar.event.Event;
import palomar.storage.journal.DamagedFrameException;
import palomar.storage.journal.FrameHeader;
import palomar.storage.journal.FrameVisitor;
import palomar.storage.journal.Journal;
import palomar.storage.journal.JournalSettings;
import palomar.storage.journal.MemorySegmentStore;
import palomar.storage.journal.ScanDepth;
import palomar.storage.journal.SegmentStore;

/// Any bytes as the last, unclosed segment of a log: opening finds an end, and what it replays reads the same
/// again.
///
/// The first byte says which checksums are put right before (1 headers, 2 payloads and block tables, 4 blocks), so
/// that hostile lengths and tables get past them; the rest is the log from its first LSN. The checksums are made
/// here anew from docs/storage/loft-v1.md, not by the code under test.
public final class FrameFuzz {
    /// The shard of all inputs.
    static final UUID SHARD = new UUID(0x0123_4567_89ab_cdefL, 0x0fed_cba9_8765_4321L);

    private static final int HEADER = 48;
    private static final int MOST_READ = 1 << 20;

    private FrameFuzz() {}

    public static void fuzz(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] log = Arrays.copyOfRange(input, 1, input.length);
        repair(log, input[0]);
        try {
            check(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(byte[] log) throws IOException {
        MemorySegmentStore.Shard shard = new MemorySegmentStore.Shard(SHARD);
        SegmentStore writer = new MemorySegmentStore(shard, 1);
        writer.resume(SegmentStore.FIRST_LSN);
        writer.roll(log.length);
        writer.append(SegmentStore.FIRST_LSN, ByteBuffer.wrap(log));
        List<Long> first = replay(shard);
        List<Long> second = replay(shard);
        if (!first.equals(second)) {
            throw new AssertionError("replayed " + first + ", then " + second);
        }
    }

    private static List<Long> replay(MemorySegmentStore.Shard shard) throws IOException {
        List<FrameHeader> headers = new ArrayList<>();
        List<byte[]> payloads = new ArrayList<>();
        FrameVisitor visitor = (header, payload) -> {
            headers.add(header);
            payloads.add(payload);
        };
        try (Journal journal =
                Journal.open(new MemorySegmentStore(shard, 1), JournalSettings.DEFAULTS, Event.SILENT, 0, visitor)) {
            for (int i = 0; i < headers.size(); i++) {
                readAgain(journal, headers.get(i), payloads.get(i));
            }
            List<Long> scanned = new ArrayList<>();
            journal.scan(0, Long.MAX_VALUE, ScanDepth.EVERYTHING, (header, payload) -> scanned.add(header.lsn()));
            List<Long> replayed = headers.stream().map(FrameHeader::lsn).toList();
            if (!scanned.equals(replayed)) {
                throw new AssertionError("replayed " + replayed + ", scanned " + scanned);
            }
            return replayed;
        }
    }

    private static void readAgain(Journal journal, FrameHeader header, byte[] payload) throws IOException {
        if (!header.blocks()) {
            if (!Arrays.equals(payload, journal.read(header.lsn()).payload())) {
                throw new AssertionError("another payload at " + header);
            }
            return;
        }
        try {
            long size = journal.body(header.lsn()).size();
            try (InputStream in = journal.body(header.lsn()).open()) {
                long got = in.readNBytes(MOST_READ).length;
                if (got != Math.min(size, MOST_READ)) {
                    throw new AssertionError(got + " bytes of " + size);
                }
            }
        } catch (DamagedFrameException refused) {
            return;
        }
    }

    /// Makes checksums right that mutation broke, from the back, because headers cover payload checksums.
    static void repair(byte[] log, int what) {
        ByteBuffer bytes = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + HEADER <= log.length; at += 8) {
            if (bytes.getInt(at) == 0x5446_4f4c) {
                repairFrame(bytes, at, what);
            }
        }
    }

    private static void repairFrame(ByteBuffer bytes, int at, int what) {
        long length = bytes.getInt(at + 8) & 0xffff_ffffL;
        int payload = at + HEADER;
        if (payload + length <= bytes.limit()) {
            int covered = (int) length;
            if ((bytes.get(at + 13) & FrameHeader.BLOCKS) != 0 && length >= 16) {
                covered = (int) Math.min(length, 16 + 8 * Math.min(bytes.getInt(payload) & 0xffff_ffffL, 100_000));
                if ((what & 4) != 0) {
                    repairBlocks(bytes, payload, covered, (int) length);
                }
            }
            if ((what & 2) != 0) {
                bytes.putInt(at + 44, crc(bytes, payload, covered));
            }
        }
        if ((what & 1) != 0) {
            bytes.putLong(at + 16, SegmentStore.FIRST_LSN + at);
            bytes.putInt(at + 32, 1);
            bytes.putInt(at + 4, headerCrc(bytes, at));
        }
    }

    private static void repairBlocks(ByteBuffer bytes, int payload, int table, int length) {
        long block = payload + table;
        for (int entry = payload + 16; entry + 8 <= payload + table; entry += 8) {
            int stored = bytes.getInt(entry) & 0x7fff_ffff;
            if (block + stored > payload + length) {
                return;
            }
            bytes.putInt(entry + 4, crc(bytes, (int) block, stored));
            block += stored;
        }
    }

    private static int headerCrc(ByteBuffer bytes, int at) {
        CRC32C crc = new CRC32C();
        ByteBuffer seed = ByteBuffer.allocate(16);
        seed.putLong(SHARD.getMostSignificantBits()).putLong(SHARD.getLeastSignificantBits());
        crc.update(seed.flip());
        crc.update(bytes.array(), at + 8, HEADER - 8);
        return (int) crc.getValue();
    }

    private static int crc(ByteBuffer bytes, int at, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), at, count);
        return (int) crc.getValue();
    }
}
