package palomar.convert;

import javax.imageio.stream.ImageInputStreamImpl;

/// Bytes in memory for an image reader; the JDK's own stream would copy them. One thread.
final class ImageBytes extends ImageInputStreamImpl {
    private final byte[] bytes;

    /// @param bytes not to be changed
    ImageBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            return -1;
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
