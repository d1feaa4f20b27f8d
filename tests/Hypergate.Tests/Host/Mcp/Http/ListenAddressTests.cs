using Hypergate.Host.Mcp.Http;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Mcp.Http;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8420", "127.0.0.1:8420", true)]
    [InlineData("localhost:0", "127.0.0.1:0", true)]
    [InlineData("[::1]:8420", "[::1]:8420", true)]
    [InlineData("0.0.0.0:80", "0.0.0.0:80", false)]
    [InlineData("[::]:80", "[::]:80", false)]
    [InlineData("[::ffff:127.0.0.1]:80", "[::ffff:127.0.0.1]:80", true)]
    public void An_address_is_read_and_known_as_this_machines_or_not(string text, string read, bool isLoopback)
    {
        var address = ListenAddress.TryRead(text);

        Assert.Equal(read, address?.ToString());
        Assert.Equal(isLoopback, address?.IsLoopback);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8420")]
    [InlineData(":8420")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("::1:8420")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("example.com:80")]
    [InlineData("127.0.0.1:8420 ")]
    [InlineData("*:80")]
    public void Anything_else_is_no_address(string text) => Assert.Null(ListenAddress.TryRead(text));

    [Fact]
    public void Beyond_this_machine_both_authentication_and_tls_are_needed_or_renounced()
    {
        var everywhere = ListenAddress.TryRead("0.0.0.0:80")!;
        var tls = new HttpSettings { Tls = new HttpTlsSettings { Certificate = "/x.pem", Key = "/x.key" } };
        var nothing = new ServeWish(null, AllowNoAuthentication: false, AllowNoTls: false);

        Assert.Throws<SettingsException>(() => BindingRules.Check(everywhere, tls, isAuthenticated: false, nothing));
        Assert.Throws<SettingsException>(() => BindingRules.Check(everywhere, new HttpSettings(), isAuthenticated: true, nothing));
        BindingRules.Check(everywhere, tls, isAuthenticated: true, nothing);
        BindingRules.Check(everywhere, new HttpSettings(), isAuthenticated: false, nothing with { AllowNoAuthentication = true, AllowNoTls = true });
        BindingRules.Check(ListenAddress.TryRead("127.0.0.1:80")!, new HttpSettings(), isAuthenticated: false, nothing);
    }
}
