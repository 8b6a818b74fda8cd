package palomar.message;

/// What one pass over an encoded content tells.
///
/// @param size bytes when decoded
/// @param lines so many at the beginning are alike; 0 when it is not known
/// @param encodedLine bytes of each of these, line end included
/// @param decodedLine bytes that each stands for
record DecodedLayout(long size, long lines, int encodedLine, int decodedLine) {

    /// How many of the lines that are alike can be left out in front of a decoded byte.
    long linesBefore(long decoded) {
        return lines == 0 ? 0 : Math.min(lines, decoded / decodedLine);
    }
}
