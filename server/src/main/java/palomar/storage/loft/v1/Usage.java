package palomar.storage.loft.v1;

import java.util.Arrays;

/// How many bytes of bodies still have an owner, by stretches of 256 KiB of log, by the weight that each row
/// carries: a body stored once for five recipients weighs a fifth in each of their rows, a copy weighs the whole
/// again. A guide for choosing what to compact, never a proof that a body is dead: compaction looks at the rows
/// themselves.
///
/// Safe for many threads.
final class Usage {
    private static final int SHIFT = 18;
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE = 1 << PAGE_SHIFT;
    private static final long[] NONE = {};

    /// Pages of 4096 stretches, a gibibyte of log each; empty while nothing was counted there.
    private long[][] pages = {};

    static long stretch(long lsn) {
        return lsn >>> SHIFT;
    }

    synchronized void add(long lsn, long bytes) {
        change(stretch(lsn), bytes);
    }

    /// Takes back pairs of stretch and bytes.
    synchronized void free(long[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            change(pairs[i], -pairs[i + 1]);
        }
    }

    private void change(long stretch, long bytes) {
        int page = (int) (stretch >>> PAGE_SHIFT);
        if (page >= pages.length) {
            int before = pages.length;
            pages = Arrays.copyOf(pages, page + 1);
            Arrays.fill(pages, before, pages.length, NONE);
        }
        if (pages[page].length == 0) {
            pages[page] = new long[PAGE];
        }
        int at = (int) stretch & PAGE - 1;
        pages[page][at] = Math.max(0, pages[page][at] + bytes);
    }

    /// Bytes with an owner between two LSNs, about.
    synchronized long live(long from, long to) {
        long sum = 0;
        if (to <= from) {
            return 0;
        }
        for (long stretch = stretch(from); stretch <= stretch(to - 1); stretch++) {
            int page = (int) (stretch >>> PAGE_SHIFT);
            if (page < pages.length && pages[page].length > 0) {
                sum += pages[page][(int) stretch & PAGE - 1];
            }
        }
        return sum;
    }

    /// Forgets what was counted between two LSNs, whose segment is gone.
    synchronized void forget(long from, long to) {
        for (long stretch = stretch(from) + 1; stretch < stretch(to); stretch++) {
            int page = (int) (stretch >>> PAGE_SHIFT);
            if (page < pages.length && pages[page].length > 0) {
                pages[page][(int) stretch & PAGE - 1] = 0;
            }
        }
    }

    synchronized void clear() {
        pages = new long[0][];
    }

    synchronized void pack(Packer to) {
        long used = 0;
        for (long[] page : pages) {
            used += Arrays.stream(page).filter(bytes -> bytes != 0).count();
        }
        to.number(used);
        long before = 0;
        for (int page = 0; page < pages.length; page++) {
            for (int at = 0; at < pages[page].length; at++) {
                if (pages[page][at] != 0) {
                    long stretch = (long) page << PAGE_SHIFT | at;
                    to.number(stretch - before).number(pages[page][at]);
                    before = stretch;
                }
            }
        }
    }

    synchronized void unpack(Unpacker from) {
        pages = new long[0][];
        int used = from.count(Integer.MAX_VALUE);
        long stretch = 0;
        for (int i = 0; i < used; i++) {
            stretch += from.number();
            change(stretch, from.number());
        }
    }
}
