using Hypergate.Backends.Http;

namespace Hypergate.Tests.Backends.Http;

public class ProxyRulesTests
{
    private const string Proxy = "http://proxy.corp.example:3128";

    [Theory]
    [InlineData("http://xo.example.com/", "HTTP_PROXY", "HTTPS_PROXY")]
    [InlineData("https://xo.example.com/", "HTTPS_PROXY", "HTTP_PROXY")]
    [InlineData("https://xo.example.com/", "https_proxy", "http_proxy")]
    public void Each_scheme_has_its_own_variable(string address, string own, string other)
    {
        Assert.Equal(new Uri(Proxy), Read((own, Proxy)).GetProxy(new(address)));
        Assert.Null(Read((other, Proxy)).GetProxy(new(address)));
    }

    [Fact]
    public void The_lower_case_form_wins() =>
        Assert.Equal(new Uri(Proxy), Read(("HTTPS_PROXY", "http://upper:1"), ("https_proxy", Proxy)).GetProxy(new("https://a/")));

    [Fact]
    public void An_empty_variable_is_as_good_as_none() =>
        Assert.Equal(new Uri(Proxy), Read(("HTTPS_PROXY", Proxy), ("https_proxy", " ")).GetProxy(new("https://a/")));

    [Fact]
    public void Without_variables_connections_are_direct_and_nothing_is_said()
    {
        var rules = Read();

        Assert.False(rules.Any);
        Assert.Empty(rules.Warnings);
    }

    [Theory]
    [InlineData("http://user:p%40ss%3A@proxy:3128", "user", "p@ss:")]
    [InlineData("http://user@proxy:3128", "user", "")]
    public void Credentials_are_decoded_and_offered_for_Basic_only(string proxy, string user, string password)
    {
        var rules = Read(("HTTPS_PROXY", proxy));
        var address = rules.GetProxy(new("https://xo/"))!;

        var credential = rules.GetCredential(address, "Basic")!;
        Assert.Equal((user, password), (credential.UserName, credential.Password));
        Assert.Null(rules.GetCredential(address, "NTLM"));
        Assert.Null(rules.GetCredential(new("http://elsewhere:3128"), "Basic"));
        Assert.Equal("http://proxy:3128/", address.AbsoluteUri);
    }

    [Theory]
    [InlineData("xoa.example.com", "https://xoa.example.com/", true)]
    [InlineData("xoa.example.com", "https://XOA.Example.Com/", true)]
    [InlineData("xoa.example.com", "https://a.xoa.example.com/", false)]
    [InlineData("xoa.example.com", "https://notxoa.example.com/", false)]
    [InlineData(".example.com", "https://xoa.example.com/", true)]
    [InlineData(".example.com", "https://a.b.example.com/", true)]
    [InlineData(".example.com", "https://example.com/", false)]
    [InlineData(".example.com", "https://badexample.com/", false)]
    [InlineData("*.example.com", "https://xoa.example.com/", true)]
    [InlineData("*.example.com", "https://example.com/", false)]
    [InlineData("*", "https://anything.example.org/", true)]
    [InlineData("a.example, b.example", "https://b.example/", true)]
    [InlineData("a.example b.example", "https://b.example/", true)]
    [InlineData("xoa.example.com.", "https://xoa.example.com/", true)]
    [InlineData("xoa.example.com", "https://xoa.example.com./", true)]
    [InlineData("xoa.example.com:8443", "https://xoa.example.com:8443/", true)]
    [InlineData("xoa.example.com:8443", "https://xoa.example.com/", false)]
    [InlineData(".example.com:443", "https://xoa.example.com/", true)]
    [InlineData("10.0.0.0/8", "https://10.200.3.4/", true)]
    [InlineData("10.0.0.0/8", "https://11.0.0.1/", false)]
    [InlineData("10.1.2.3/15", "https://10.0.255.255/", true)]
    [InlineData("192.168.1.128/25", "https://192.168.1.127/", false)]
    [InlineData("0.0.0.0/0", "https://8.8.8.8/", true)]
    [InlineData("10.0.0.0/8", "https://10.example.com/", false)]
    [InlineData("10.0.0.0/8:8443", "https://10.1.1.1:8443/", true)]
    [InlineData("10.0.0.0/8:8443", "https://10.1.1.1/", false)]
    [InlineData("10.0.0.5", "https://10.0.0.5/", true)]
    [InlineData("fd00::/8", "https://[fd12::1]/", true)]
    [InlineData("fd00::/8", "https://[fe80::1]/", false)]
    [InlineData("[fd00::1]:8443", "https://[fd00::1]:8443/", true)]
    [InlineData("[fd00::]/8", "https://[fd00::1]:8443/", true)]
    [InlineData("::1", "https://[::1]/", true)]
    [InlineData("10.0.0.0/8", "https://[::ffff:10.0.0.1]/", true)]
    public void Hosts_in_NO_PROXY_are_reached_directly(string none, string address, bool direct)
    {
        var rules = Read(("HTTPS_PROXY", Proxy), ("NO_PROXY", none));

        Assert.Equal(direct, rules.IsBypassed(new(address)));
        Assert.Empty(rules.Warnings);
    }

    [Theory]
    [InlineData("NO_PROXY")]
    [InlineData("no_proxy")]
    public void A_lone_NO_PROXY_is_a_warning(string name)
    {
        var rules = Read((name, "xo.example.com"));

        Assert.Contains("NO_PROXY", Assert.Single(rules.Warnings), StringComparison.Ordinal);
        Assert.False(rules.Any);
    }

    [Theory]
    [InlineData("not a url with s3cret")]
    [InlineData("://s3cret")]
    [InlineData("proxy:3128")]
    [InlineData("user:s3cret@proxy:3128")]
    [InlineData("socks5://user:s3cret@proxy:1080")]
    [InlineData("http://user:s3cret@")]
    [InlineData("http://user:s3cret@proxy:99999")]
    [InlineData("http://user:12/s3cret@proxy:3128")]
    [InlineData("http://user:1#s3cret@proxy:3128")]
    [InlineData("http://user:1?s3cret@proxy:3128")]
    public void A_malformed_proxy_is_reported_without_its_value_and_ignored(string value)
    {
        var rules = Read(("HTTPS_PROXY", value), ("NO_PROXY", "a.example"));

        Assert.True(rules.IsBypassed(new("https://xo/")));
        var warning = Assert.Single(rules.Warnings);
        Assert.StartsWith("HTTPS_PROXY is not a proxy address", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("xo:port")]
    [InlineData("http://xo/")]
    [InlineData("*.*.example")]
    [InlineData("[::1")]
    public void An_entry_of_NO_PROXY_that_nobody_understands_is_reported(string entry)
    {
        var rules = Read(("HTTPS_PROXY", Proxy), ("NO_PROXY", entry + ",known.example"));

        Assert.Contains(entry, Assert.Single(rules.Warnings), StringComparison.Ordinal);
        Assert.True(rules.IsBypassed(new("https://known.example/")));
    }

    [Fact]
    public void A_backends_own_proxy_serves_both_schemes_and_overrules_the_environment()
    {
        var rules = ProxyRules.Read(Environment(("HTTPS_PROXY", Proxy), ("NO_PROXY", "*")), "http://own:8080");

        Assert.Equal(new Uri("http://own:8080"), rules.GetProxy(new("https://xo/")));
        Assert.Equal(new Uri("http://own:8080"), rules.GetProxy(new("http://xo/")));
    }

    [Fact]
    public void A_backend_with_proxy_none_is_reached_directly()
    {
        var rules = ProxyRules.Read(Environment(("HTTPS_PROXY", Proxy), ("NO_PROXY", "a")), "none");

        Assert.False(rules.Any);
        Assert.Empty(rules.Warnings);
    }

    [Fact]
    public void A_proxy_prints_without_its_credential()
    {
        var proxy = Read(("HTTP_PROXY", "http://user:s3cret@proxy:3128")).ProxyFor(new("http://xo/"));

        Assert.Equal("proxy:3128 (from HTTP_PROXY)", proxy!.ToString());
    }

    private static ProxyRules Read(params (string Name, string Value)[] variables) => ProxyRules.Read(Environment(variables));

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
