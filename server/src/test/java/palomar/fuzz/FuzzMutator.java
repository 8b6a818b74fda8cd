package palomar.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes inputs out of others: flipped, cut, doubled, spliced.
final class FuzzMutator {
    /// Bytes that mean something to mail parsers.
    private static final byte[] SPECIAL = "\0\t\n\r \"%&'()*+,-./:;<=>?@[\\]_{|}~019AZaz\u007f\u0080\u00ff"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private static final int MOST_STEPS = 12;

    private final List<byte[]> corpus;
    private final RandomGenerator random;

    FuzzMutator(List<byte[]> corpus, RandomGenerator random) {
        this.corpus = corpus;
        this.random = random;
    }

    /// A new input of at most `longest` bytes.
    byte[] next(int longest) {
        byte[] input = pick().clone();
        int steps = 1 + random.nextInt(MOST_STEPS);
        for (int i = 0; i < steps; i++) {
            input = step(input);
        }
        return input.length > longest ? Arrays.copyOf(input, longest) : input;
    }

    private byte[] pick() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] step(byte[] in) {
        int from = random.nextInt(in.length + 1);
        int to = Math.min(in.length, from + random.nextInt(1 << random.nextInt(8)));
        return switch (random.nextInt(8)) {
            case 0 -> flipped(in, from);
            case 1 -> replaced(in, from, SPECIAL[random.nextInt(SPECIAL.length)]);
            case 2 -> joined(in, from, from, new byte[] {SPECIAL[random.nextInt(SPECIAL.length)]});
            case 3 -> without(in, from, to);
            case 4 -> joined(in, to, to, Arrays.copyOfRange(in, from, to));
            case 5 -> joined(in, from, to, noise());
            case 6 -> spliced(in, from);
            default -> number(in, from);
        };
    }

    private byte[] flipped(byte[] in, int at) {
        if (at < in.length) {
            in[at] ^= (byte) (1 << random.nextInt(8));
        }
        return in;
    }

    private static byte[] replaced(byte[] in, int at, byte value) {
        if (at < in.length) {
            in[at] = value;
        }
        return in;
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(16)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] spliced(byte[] in, int at) {
        byte[] other = pick();
        int from = random.nextInt(other.length + 1);
        return joined(in, at, in.length, Arrays.copyOfRange(other, from, other.length));
    }

    /// Puts a number of any size where one may stand: lengths and counts are where parsers break.
    private byte[] number(byte[] in, int at) {
        String digits = Long.toString(random.nextLong() >>> random.nextInt(64));
        int end = at;
        while (end < in.length && in[end] >= '0' && in[end] <= '9') {
            end++;
        }
        return joined(in, at, end, digits.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    static byte[] without(byte[] in, int from, int to) {
        return joined(in, from, to, new byte[0]);
    }

    private static byte[] joined(byte[] in, int from, int to, byte[] middle) {
        byte[] out = new byte[from + middle.length + in.length - to];
        System.arraycopy(in, 0, out, 0, from);
        System.arraycopy(middle, 0, out, from, middle.length);
        System.arraycopy(in, to, out, from + middle.length, in.length - to);
        return out;
    }
}
