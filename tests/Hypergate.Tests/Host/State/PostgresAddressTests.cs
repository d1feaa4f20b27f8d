using Hypergate.Host.Settings;
using Hypergate.Host.State.Postgres;
using Hypergate.Model;
using Npgsql;

namespace Hypergate.Tests.Host.State;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://a:b@db:5432/h", GssEncryptionMode.Disable)]
    [InlineData("Host=db;Username=a;Password=b;Database=h", GssEncryptionMode.Disable)]
    [InlineData("postgres://a:b@db:5432/h?gssencmode=prefer", GssEncryptionMode.Prefer)]
    [InlineData("Host=db;Username=a;GSS Encryption Mode=Require", GssEncryptionMode.Require)]
    public void Encryption_by_Kerberos_is_tried_where_it_was_asked_for_alone(string address, GssEncryptionMode mode) =>
        Assert.Equal(mode, PostgresAddress.Read(new PostgresSettings { Connection = new Secret(address), Key = new Secret("k") }).GssEncryptionMode);
}
