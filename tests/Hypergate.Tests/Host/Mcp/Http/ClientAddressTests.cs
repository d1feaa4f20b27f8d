using System.Net;
using Hypergate.Host.Mcp.Http;

namespace Hypergate.Tests.Host.Mcp.Http;

public sealed class ClientAddressTests
{
    private static readonly string[] Trusted = ["10.1.0.0/16", "192.0.2.7", "fd00::/8"];

    [Theory]
    [InlineData("10.1.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:10.1.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("fd00::1", "2001:db8::5", "2001:db8::5")]
    [InlineData("10.1.0.1", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("10.1.0.1", "[2001:db8::5]:4711", "2001:db8::5")]
    public void What_a_trusted_proxy_says_is_where_a_request_comes_from(string connection, string header, string client) => Assert.Equal(client, Of(connection, header));

    [Theory]
    [InlineData("203.0.113.1", "10.1.0.1")]
    [InlineData("10.2.0.1", "203.0.113.9")]
    public void What_anybody_else_says_counts_for_nothing(string connection, string header) => Assert.Equal(connection, Of(connection, header));

    [Theory]
    [InlineData("198.51.100.66, 203.0.113.9", "203.0.113.9")]
    [InlineData("198.51.100.66, 203.0.113.9, 10.1.2.3, 192.0.2.7", "203.0.113.9")]
    [InlineData("10.1.9.9, 10.1.2.3", "10.1.9.9")]
    public void Hops_are_read_from_the_right_up_to_the_first_that_is_no_proxy(string header, string client) => Assert.Equal(client, Of("10.1.0.1", header));

    [Fact]
    public void Several_headers_are_one_row() =>
        Assert.Equal(IPAddress.Parse("203.0.113.9"), ClientAddress.Of(IPAddress.Parse("10.1.0.1"), new(["198.51.100.66", "203.0.113.9, 10.1.2.3"]), Trusted));

    [Theory]
    [InlineData("198.51.100.66, unknown", "10.1.0.1")]
    [InlineData("198.51.100.66, unknown, 10.1.2.3", "10.1.2.3")]
    [InlineData("", "10.1.0.1")]
    [InlineData("203.0.113.9,", "10.1.0.1")]
    public void What_cannot_be_read_ends_the_row_at_the_last_proxy_that_is_known(string header, string client) => Assert.Equal(client, Of("10.1.0.1", header));

    [Fact]
    public void Without_trusted_proxies_the_connection_alone_counts() =>
        Assert.Equal(IPAddress.Parse("10.1.0.1"), ClientAddress.Of(IPAddress.Parse("10.1.0.1"), "203.0.113.9", []));

    private static string? Of(string connection, string header) => ClientAddress.Of(IPAddress.Parse(connection), header, Trusted) switch
    {
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address?.ToString(),
    };
}
