package palomar.storage.journal;

/// How much of each frame a scan reads.
public enum ScanDepth {
    /// Headers only, payloads are skipped: for statistics and to find things.
    HEADERS,
    /// Payloads verified and handed over; of bodies only the header.
    PAYLOADS,
    /// As [#PAYLOADS], and every block of every body is verified too.
    EVERYTHING
}
