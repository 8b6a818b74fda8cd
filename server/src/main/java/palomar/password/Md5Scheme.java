package palomar.password;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/// `{MD5}` of old databases: one of three formats, told apart by its look.
record Md5Scheme() implements Scheme {
    private static final int HEX_LENGTH = 32;

    @Override
    public String name() {
        return "MD5";
    }

    @Override
    public Encoding encoding() {
        return Encoding.NONE;
    }

    @Override
    public boolean weak(byte[] data) {
        return true;
    }

    @Override
    public Work work(byte[] data) {
        return Work.SLOW;
    }

    @Override
    public Verdict verify(byte[] password, byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        String scheme = text.startsWith("$1$") ? "MD5-CRYPT" : data.length == HEX_LENGTH ? "PLAIN-MD5" : "LDAP-MD5";
        return Schemes.parse(data, Schemes.require(scheme)).verify(password);
    }

    @Override
    public byte[] hash(byte[] password, HashSettings settings, SecureRandom random) {
        return Schemes.require("MD5-CRYPT").hash(password, settings, random);
    }
}
