keep;
if true { keep; }