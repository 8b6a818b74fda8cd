package palomar.imap;

import palomar.imap.proto.ResponseCode;

/// A search names a filter that does not exist: NO [UNDEFINED-FILTER]. RFC 5466 3.1
final class UndefinedFilter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    UndefinedFilter(String name, String why) {
        super(why, null, false, false);
        this.name = name;
    }

    Reply reply() {
        return Reply.no(new ResponseCode.UndefinedFilter(name), String.valueOf(getMessage()));
    }
}
