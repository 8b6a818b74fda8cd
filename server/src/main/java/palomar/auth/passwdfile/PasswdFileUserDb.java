package palomar.auth.passwdfile;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import palomar.auth.UserAnswer;
import palomar.auth.UserDb;
import palomar.auth.UserQuery;
import palomar.auth.Variables;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// A passwd-file that says where mail is: `uid`, `gid` and `home` of the line, and its extra fields under
/// `userdb_` names without that prefix. Safe for many threads.
public final class PasswdFileUserDb implements UserDb {
    private static final String PREFIX = "userdb_";

    private final PasswdFile file;
    private final Variables format;

    public PasswdFileUserDb(PasswdFile file) {
        this.file = file;
        this.format = Variables.of(file.settings().userFormat());
    }

    @Override
    public String name() {
        return "passwd-file " + file.settings().path();
    }

    @Override
    public UserAnswer find(UserQuery query) {
        try {
            Optional<PasswdLine> line = file.find(format.fill(query));
            return line.isEmpty() ? new UserAnswer.Unknown() : answer(line.get(), query);
        } catch (IOException e) {
            return new UserAnswer.Unavailable(String.valueOf(e.getMessage()), null);
        } catch (IllegalArgumentException e) {
            return new UserAnswer.Unavailable("extra fields of the user: " + e.getMessage(), null);
        }
    }

    private static UserAnswer answer(PasswdLine line, UserQuery query) {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "uid", line.uid());
        put(fields, "gid", line.gid());
        put(fields, "home", line.home());
        PasswdFilePassDb.filled(line.extra(), query).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
                fields.put(name.substring(PREFIX.length()), value);
            }
        });
        for (String id : new String[] {"uid", "gid"}) {
            if ("0".equals(fields.get(id))) {
                return new UserAnswer.Unavailable(id + " 0 owns no mail: give the user another", null);
            }
        }
        return new UserAnswer.Found(fields);
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    @Override
    public boolean lists() {
        return true;
    }

    @Override
    public void forEachUser(Consumer<String> names) {
        try {
            file.table().forEachUser(names);
        } catch (IOException e) {
            throw new MailException(MailError.UNAVAILABLE, "User database is unavailable, try again later", e);
        }
    }
}
