package palomar.scripts;

/// A script whose bytes were read already.
record HeldScript(String name, String hash, byte[] bytes) implements Script {
    static HeldScript of(String name, byte[] bytes) {
        return new HeldScript(name, Hashes.sha256(bytes), bytes);
    }

    @Override
    public byte[] content() {
        return bytes.clone();
    }
}
