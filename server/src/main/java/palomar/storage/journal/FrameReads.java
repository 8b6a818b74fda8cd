package palomar.storage.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import palomar.bytes.ByteSource;
import palomar.bytes.RangeStream;

/// Reads single frames and bodies by their LSN, verifying before anything is given out. Safe for many threads.
final class FrameReads {
    /// Most frames that are no bodies are shorter, most bodies are not.
    private static final int FRAME_READ = 2 * 1024;

    private static final int BODY_READ = 16 * 1024;

    private final SegmentStore store;
    private final FrameCodec codec;

    FrameReads(SegmentStore store, FrameCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    Frame frame(long lsn) throws IOException {
        try (SegmentStore.Reader reader = store.reader(lsn)) {
            ByteBuffer head = load(reader, lsn, FRAME_READ);
            FrameHeader header = header(reader, lsn, head);
            if (header.blocks()) {
                return new Frame(header, table(reader, header, head).bytes());
            }
            byte[] payload = stretch(reader, header, head, header.payloadLsn(), header.payloadLength());
            if (crc(payload, payload.length) != header.payloadCrc()) {
                throw damaged(header, "the payload's checksum is wrong");
            }
            return new Frame(header, payload);
        }
    }

    /// The body's content, decoded. Opened anew by each reading; the segment is held only meanwhile.
    ByteSource body(long lsn) throws IOException {
        try (SegmentStore.Reader reader = store.reader(lsn)) {
            ByteBuffer head = load(reader, lsn, BODY_READ);
            FrameHeader header = header(reader, lsn, head);
            return new Content(lsn, table(reader, header, head).rawLength());
        }
    }

    ByteSource body(long lsn, long rawLength) {
        return new Content(lsn, rawLength);
    }

    /// The body as it is stored, to be appended again elsewhere without decoding it.
    EncodedBody encoded(long lsn) throws IOException {
        try (SegmentStore.Reader reader = store.reader(lsn)) {
            ByteBuffer head = load(reader, lsn, BODY_READ);
            FrameHeader header = header(reader, lsn, head);
            BodyTable table = table(reader, header, head);
            return new EncodedBody(table.bytes(), new StoredBlocks(header, table), table.rawLength());
        }
    }

    private ByteBuffer load(SegmentStore.Reader reader, long lsn, int most) throws IOException {
        long left = reader.segment().endLsn() - lsn;
        if (left <= 0) {
            throw new SegmentGoneException(lsn);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(most, left)).order(ByteOrder.LITTLE_ENDIAN);
        reader.read(lsn, buffer);
        return buffer.flip();
    }

    private FrameHeader header(SegmentStore.Reader reader, long lsn, ByteBuffer head) throws IOException {
        FrameHeader header = codec.decode(head, 0, lsn, reader.segment().epoch());
        if (header == null) {
            throw new DamagedFrameException(new Damage(lsn, 8, 0, 0, "no frame header of this place"));
        }
        if (!header.blocks() && header.payloadLength() > Group.MAX_PLAIN_PAYLOAD) {
            throw damaged(header, "the payload is too long for its kind");
        }
        return header;
    }

    private BodyTable table(SegmentStore.Reader reader, FrameHeader header, ByteBuffer head) throws IOException {
        int size = header.blocks() && header.payloadLength() >= BodyTable.HEAD && head.limit() >= FrameHeader.SIZE + 4
                ? BodyTable.size(head, FrameHeader.SIZE, header.payloadLength())
                : -1;
        if (size < 0) {
            throw damaged(header, "no block table");
        }
        byte[] bytes = stretch(reader, header, head, header.payloadLsn(), size);
        BodyTable table = crc(bytes, size) == header.payloadCrc()
                ? BodyTable.parse(ByteBuffer.wrap(bytes), header.payloadLength())
                : null;
        if (table == null) {
            throw damaged(header, "the block table's checksum is wrong");
        }
        return table;
    }

    /// `count` bytes at `lsn`, from what was loaded already when they are in it.
    private byte[] stretch(SegmentStore.Reader reader, FrameHeader header, ByteBuffer head, long lsn, long count)
            throws IOException {
        byte[] bytes = new byte[(int) count];
        long offset = lsn - header.lsn();
        if (offset + count <= head.limit()) {
            head.get((int) offset, bytes);
        } else if (reader.read(lsn, ByteBuffer.wrap(bytes)) < bytes.length && count > 0) {
            throw damaged(header, "the frame is cut off");
        }
        return bytes;
    }

    private static int crc(byte[] bytes, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, count);
        return (int) crc.getValue();
    }

    private static DamagedFrameException damaged(FrameHeader header, String reason) {
        long length = FrameHeader.frameLength(header.payloadLength());
        return new DamagedFrameException(new Damage(header.lsn(), length, header.mailbox(), header.type(), reason));
    }

    /// Blocks are never stored longer than they are.
    private static long longestFrame(long rawLength) {
        long blocks = (rawLength + BodyTable.BLOCK_SIZE - 1) / BodyTable.BLOCK_SIZE;
        return FrameHeader.SIZE + BodyTable.HEAD + 8 * blocks + rawLength;
    }

    private final class Content implements ByteSource {
        private final long lsn;
        private final long size;

        Content(long lsn, long size) {
            this.lsn = lsn;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public InputStream open(long from, long count) throws IOException {
            long start = Math.min(Math.max(from, 0), size);
            long end = start + Math.min(Math.max(count, 0), size - start);
            SegmentStore.Reader reader = store.reader(lsn);
            boolean opened = false;
            try {
                BlockStream stream = new BlockStream(reader, start, end);
                opened = true;
                return stream;
            } finally {
                if (!opened) {
                    reader.close();
                }
            }
        }

        /// Decoded blocks one after the other; a block's bytes are given out only after its checksum was verified.
        private final class BlockStream extends InputStream {
            private final SegmentStore.Reader reader;
            private final FrameHeader header;
            private final ByteBuffer head;
            private final BodyTable table;
            private final long end;
            private long at;
            private long blockLsn;
            private int nextBlock;
            /// The current block's bytes not given out yet: `block[blockAt, blockEnd)`.
            private byte[] block = new byte[0];

            private int blockAt;
            private int blockEnd;

            BlockStream(SegmentStore.Reader reader, long from, long end) throws IOException {
                this.reader = reader;
                this.head = load(reader, lsn, (int) Math.min(BODY_READ, longestFrame(size)));
                this.header = header(reader, lsn, head);
                this.table = table(reader, header, head);
                if (table.rawLength() != size) {
                    throw damaged(header, "the body has " + table.rawLength() + " bytes, not " + size);
                }
                this.at = from;
                this.end = end;
                this.blockLsn = header.payloadLsn() + table.size();
                int wanted = (int) (from / table.blockSize());
                while (nextBlock < wanted) {
                    blockLsn += table.storedLength(nextBlock++);
                }
            }

            private void loadBlock() throws IOException {
                int stored = table.storedLength(nextBlock);
                int skipped = (int) (at - (long) nextBlock * table.blockSize());
                long inHead = blockLsn - header.lsn();
                if (table.plain(nextBlock) && inHead + stored <= head.limit()) {
                    // Loaded already: verified and given out where it lies.
                    block = head.array();
                    blockAt = head.arrayOffset() + (int) inHead;
                    verify(blockAt, stored);
                    blockEnd = blockAt + stored;
                    blockAt += skipped;
                } else {
                    block = stretch(reader, header, head, blockLsn, stored);
                    verify(0, stored);
                    byte[] raw = table.plain(nextBlock) ? block : Zstd.decompress(block, table.rawLength(nextBlock));
                    if (raw == null) {
                        throw damaged(header, "block " + nextBlock + " can't be decompressed");
                    }
                    block = raw;
                    blockAt = skipped;
                    blockEnd = raw.length;
                }
                blockLsn += stored;
                nextBlock++;
            }

            private void verify(int from, int count) throws DamagedFrameException {
                CRC32C crc = new CRC32C();
                crc.update(block, from, count);
                if ((int) crc.getValue() != table.crc(nextBlock)) {
                    throw damaged(header, "the checksum of block " + nextBlock + " is wrong");
                }
            }

            @Override
            public long transferTo(OutputStream out) throws IOException {
                long from = at;
                while (at < end) {
                    if (blockAt >= blockEnd) {
                        loadBlock();
                    }
                    int count = (int) Math.min(end - at, blockEnd - blockAt);
                    out.write(block, blockAt, count);
                    blockAt += count;
                    at += count;
                }
                return at - from;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (at >= end) {
                    return -1;
                }
                if (blockAt >= blockEnd) {
                    loadBlock();
                }
                int count = (int) Math.min(Math.min(length, end - at), blockEnd - blockAt);
                System.arraycopy(block, blockAt, target, offset, count);
                blockAt += count;
                at += count;
                return count;
            }

            @Override
            public int available() {
                return (int) Math.min(end - at, blockEnd - blockAt);
            }

            @Override
            public void close() {
                reader.close();
            }
        }
    }

    private final class StoredBlocks implements ByteSource {
        private final FrameHeader header;
        private final BodyTable table;

        StoredBlocks(FrameHeader header, BodyTable table) {
            this.header = header;
            this.table = table;
        }

        @Override
        public long size() {
            return table.payloadLength() - table.size();
        }

        @Override
        public InputStream open(long from, long count) throws IOException {
            long start = Math.min(Math.max(from, 0), size());
            long taken = Math.min(Math.max(count, 0), size() - start);
            long first = header.payloadLsn() + table.size() + start;
            SegmentStore.Reader reader = store.reader(header.lsn());
            return new RangeStream((target, at) -> reader.read(at, target), first, first + taken, reader::close);
        }
    }
}
