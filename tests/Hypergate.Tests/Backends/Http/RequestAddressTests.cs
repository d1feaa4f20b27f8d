using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.Http;

public class RequestAddressTests
{
    private static readonly Uri Base = new("https://xo.example.com/rest/v0");

    [Theory]
    [InlineData("env/prod", "env%2Fprod")]
    [InlineData("a b", "a%20b")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("100%", "100%25")]
    [InlineData("v1.2.", "v1.2.")]
    [InlineData("..x", "..x")]
    [InlineData("~-_.!*'()", "~-_.%21%2A%27%28%29")]
    [InlineData("😀", "%F0%9F%98%80")]
    public void Everything_but_letters_digits_and_four_marks_is_percent_encoded(string value, string segment) =>
        Assert.Equal($"/rest/v0/vms/v/tags/{segment}", Target("/vms/{id}/tags/{tag}", ("id", "v"), ("tag", value)));

    [Theory]
    [InlineData("%E0%80%AE%E0%80%AE")]
    [InlineData("%c1%9c")]
    [InlineData("\uFE52\u2024")]
    [InlineData("\u2025")]
    [InlineData("\uFF05\u0032e.")]
    [InlineData("a/../b")]
    [InlineData("a/%2e%2e")]
    [InlineData("a\u0085b")]
    [InlineData("%0d%0aX: y")]
    [InlineData("..;v=1/x")]
    public void What_some_server_may_read_as_another_path_is_refused(string value)
    {
        var refused = Refused("/vms/{id}", ("id", value));

        Assert.Equal("id", refused.Argument);
        Assert.StartsWith("The argument 'id' ", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_for_it_would_change_on_the_way() =>
        Assert.Contains("Unicode", Refused("/vms/{id}", ("id", "a\ud800b")).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_missing_value_names_its_argument() =>
        Assert.Equal("The argument 'tag' is missing.", Refused("/vms/{id}/tags/{tag}", ("id", "v")).Reason);

    [Fact]
    public void Every_placeholder_gets_its_own_value() =>
        Assert.Equal("/rest/v0/groups/g/users/u", Target("/groups/{id}/users/{userId}", ("userId", "u"), ("id", "g")));

    [Fact]
    public void Two_placeholders_may_share_a_segment() =>
        Assert.Equal("/rest/v0/vms/v.xva", Target("/vms/{id}.{format}", ("id", "v"), ("format", "xva")));

    [Theory]
    [InlineData("https://xo.example.com", "/vms")]
    [InlineData("https://xo.example.com/", "/vms")]
    [InlineData("https://xo.example.com/proxied/xo//", "/proxied/xo/vms")]
    [InlineData("https://[::1]:8443/rest", "/rest/vms")]
    public void The_base_address_may_have_a_path_and_slashes_at_its_end(string baseAddress, string target) =>
        Assert.Equal(target, Build(new(baseAddress), "/vms").PathAndQuery);

    [Fact]
    public void Query_values_are_encoded_and_arrays_repeat_their_name()
    {
        var query = new QueryValues().Add("ndjson", "true");
        Assert.Null(query.TryAdd("filter", Json("\"a&b=c#d +%\\u0000\\r\\n\"")));
        Assert.Null(query.TryAdd("limit", Json("10.0")));
        Assert.Null(query.TryAdd("on", Json("false")));
        Assert.Null(query.TryAdd("backup-repository", Json("[\"x\",\"y\"]")));
        Assert.Null(query.TryAdd("absent", Json("null")));

        Assert.Equal(
            "?ndjson=true&filter=a%26b%3Dc%23d%20%2B%25%00%0D%0A&limit=10&on=false&backup-repository=x&backup-repository=y",
            Build(Base, "/vms", query).Query);
    }

    [Theory]
    [InlineData("1e2", "100")]
    [InlineData("-0", "0")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("0.5", "0.5")]
    [InlineData("1.5e300", "1.5e300")]
    [InlineData("true", "true")]
    public void Numbers_and_booleans_are_spelled_the_same_on_every_machine(string json, string text) =>
        Assert.Equal(text, ArgumentText.TryRead(Json(json)));

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("[[1]]")]
    [InlineData("[null]")]
    [InlineData("\"\\ud800\"")]
    public void What_has_no_spelling_is_refused_with_the_name_of_the_argument(string json) =>
        Assert.Contains("'filter'", new QueryValues().TryAdd("filter", Json(json)), StringComparison.Ordinal);

    [Fact]
    public void An_address_beyond_what_servers_read_is_refused()
    {
        var query = new QueryValues().Add("filter", new('a', 20_000));

        Assert.IsType<RequestAddress.Refused>(RequestAddress.Build(Base, "/vms", Values(), query));
    }

    [Fact]
    public void A_platform_may_refuse_dots_in_ids()
    {
        Assert.IsType<RequestAddress.Refused>(Xo("v.xva", "t"));
        Assert.IsType<RequestAddress.Built>(Xo("v", "1.2"));

        static RequestAddress Xo(string id, string tag) => RequestAddress.Build(
            Base, "/vms/{id}/tags/{tag}", Values(("id", id), ("tag", tag)), rule: PathRules.NoDotsInIds);
    }

    [Fact]
    public void Arguments_of_a_call_go_where_their_parameters_say()
    {
        var operation = Operation("/vms/{id}/tags/{tag}", ("id", ParameterPlace.Path), ("tag", ParameterPlace.Path), ("wait", ParameterPlace.Query));
        var address = OperationAddress.Build(
            Base, operation, Json("""{"tag":7,"id":"v","wait":true,"body":{},"unknown":"x"}"""), new QueryValues().Add("sync", "true"));

        Assert.Equal("/rest/v0/vms/v/tags/7?sync=true&wait=true", Assert.IsType<RequestAddress.Built>(address).Address.PathAndQuery);
    }

    [Fact]
    public void An_array_is_no_path_value()
    {
        var operation = Operation("/vms/{id}", ("id", ParameterPlace.Path));

        var refused = Assert.IsType<RequestAddress.Refused>(OperationAddress.Build(Base, operation, Json("""{"id":["a"]}"""), new()));
        Assert.Equal("id", refused.Argument);
    }

    [Fact]
    public void No_text_changes_the_number_of_segments_or_leaves_the_prefix() => Prop.ForAll(Texts(), text =>
    {
        var result = RequestAddress.Build(Base, "/vms/{id}/tags/{tag}", Values(("id", text), ("tag", text)));
        return result is not RequestAddress.Built { Address: var address }
            || (address.Host == Base.Host
                && address.AbsolutePath.StartsWith("/rest/v0/vms/", StringComparison.Ordinal)
                && address.AbsolutePath.Split('/') is ["", "rest", "v0", "vms", _, "tags", _]
                && address is { Query: "", Fragment: "" }
                && Uri.UnescapeDataString(address.Segments[^1]) == text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void No_text_in_the_query_reaches_the_path_or_another_parameter() => Prop.ForAll(Texts(), text =>
    {
        var result = RequestAddress.Build(Base, "/vms", Values(), new QueryValues().Add("filter", text).Add("limit", "1"));
        return result is not RequestAddress.Built { Address: var address }
            || (address.AbsolutePath == "/rest/v0/vms"
                && address.Query.Split('&') is [['?', 'f', 'i', 'l', 't', 'e', 'r', '=', ..], "limit=1"]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>Texts made of what path tricks are made of, mixed with any other text.</summary>
    private static Arbitrary<string> Texts()
    {
        var part = Gen.Elements(
            ".", "..", "/", "\\", "%2e", "%2E", "%2f", "%5c", "%25", ";", "?", "#", "&", "=", "@", ":", "a", "%00", "\0", "\r", "\n", "\uFF0E", "\u2024", "%c0%ae", " ", "%");
        var tricky = part.ListOf().Select(string.Concat);
        return Gen.OneOf(tricky, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();
    }

    private static string Target(string template, params (string Name, string Value)[] values) =>
        Assert.IsType<RequestAddress.Built>(RequestAddress.Build(Base, template, Values(values))).Address.PathAndQuery;

    private static Uri Build(Uri baseAddress, string template, QueryValues? query = null) =>
        Assert.IsType<RequestAddress.Built>(RequestAddress.Build(baseAddress, template, Values(), query)).Address;

    private static RequestAddress.Refused Refused(string template, params (string Name, string Value)[] values) =>
        Assert.IsType<RequestAddress.Refused>(RequestAddress.Build(Base, template, Values(values)));

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);

    private static Operation Operation(string path, params (string Name, ParameterPlace Place)[] parameters) => new()
    {
        Name = "Test",
        DeclaredName = "Test",
        Domain = "vms",
        Title = "Test",
        Method = "GET",
        Path = path,
        Access = Access.Read,
        Parameters = [.. parameters.Select(one => new Parameter { Name = one.Name, Place = one.Place, Schema = Json("{}") })],
    };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
