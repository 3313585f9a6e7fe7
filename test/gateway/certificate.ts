// A certificate for `localhost` that its own key signed, good for a hundred years and for tests alone.

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUH0wvGT6lpP/Qw6f93QubTdrCiyMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE1MzEwMFoYDzIxMjYxMDI4
MTUzMTAwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT18YlZ7ATxdrIQfIaly7keVfNib5rUrOomVWIAC22Mn9fE9tHdySAM
BZkWJFGvlqFA2/vcVb1jMlWUz/Ncc7Yho28wbTAdBgNVHQ4EFgQUQKaXuJAAQLIf
OwtzUNQUZ7WFzp0wHwYDVR0jBBgwFoAUQKaXuJAAQLIfOwtzUNQUZ7WFzp0wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAJl5JpLjp1HuvnfTmBaeyX6L7aTLFyFwKllorjgJc3VRAiEA
lzbU3R0HaHPYpCWQWfyjaCayNA5Gox2rm9T4E0mGMPY=
-----END CERTIFICATE-----
`;

/** Belongs to the certificate above and opens nothing else. */
export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbp5vasv02SfVmEBo
am4o7nELOwft67w13wuPZFGgiI6hRANCAAT18YlZ7ATxdrIQfIaly7keVfNib5rU
rOomVWIAC22Mn9fE9tHdySAMBZkWJFGvlqFA2/vcVb1jMlWUz/Ncc7Yh
-----END PRIVATE KEY-----
`;
