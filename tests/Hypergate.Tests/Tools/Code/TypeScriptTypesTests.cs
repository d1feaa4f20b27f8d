using System.Text.Json;
using Hypergate.Tests.Backends.Rest;
using Hypergate.Tools.Code;

namespace Hypergate.Tests.Tools.Code;

public sealed class TypeScriptTypesTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "number")]
    [InlineData("""{"type":"integer","format":"int32"}""", "number")]
    [InlineData("""{"type":"integer","format":"int64"}""", "number | string")]
    [InlineData("""{"type":"integer","format":"int64","nullable":true}""", "number | string | null")]
    [InlineData("""{"type":["integer","null"],"format":"int64"}""", "number | string | null")]
    [InlineData("""{"type":"array","items":{"type":"integer","format":"uint64"}}""", "(number | string)[]")]
    [InlineData("""{"type":"number","format":"double","nullable":true}""", "number | null")]
    public async Task A_64_bit_integer_may_be_its_digits_as_text(string schema, string type)
    {
        var document = """{"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{"/get":{"get":{"operationId":"get","parameters":[{"name":"value","in":"query","schema":SCHEMA}],"responses":{"200":{"description":"ok"}}}}}}""".Replace("SCHEMA", schema, StringComparison.Ordinal);
        await using var api = new RestApi(System.Text.Encoding.UTF8.GetBytes(document));

        Assert.Equal(type, TypeScriptTypes.Of(Assert.Single(Assert.Single(api.Description.Operations).Parameters).Schema));
    }

    [Fact]
    public void An_object_in_a_nullable_choice_keeps_its_members() =>
        Assert.Equal("{ id: number | string } | null", TypeScriptTypes.Of(JsonElement.Parse("""{"anyOf":[{"type":"object","required":["id"],"properties":{"id":{"type":"integer","format":"int64"}}},{"type":"null"}]}""")));
}
