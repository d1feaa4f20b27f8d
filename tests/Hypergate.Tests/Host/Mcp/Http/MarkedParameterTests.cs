using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Host.Mcp.Http;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Tests.Host.Mcp.Http;

public sealed class MarkedParameterTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {"type":"object","properties":{
          "place":{"type":"string","x-mcp-header":"Place"},
          "inner":{"type":"object","properties":{"count":{"type":"integer","x-mcp-header":"Count"}}},
          "list":{"type":"array","items":{"type":"object","properties":{"no":{"type":"string","x-mcp-header":"No"}}}},
          "sure":{"type":"boolean","x-mcp-header":"Sure"}}}
        """);

    [Fact]
    public void Only_what_properties_alone_lead_to_is_marked() =>
        Assert.Equal(["Place", "Count", "Sure"], MarkedParameter.Find(Schema).Select(static parameter => parameter.Header));

    [Theory]
    [InlineData("""{"place":"Köln"}""", "Mcp-Param-Place", "=?base64?S8O2bG4=?=", true)]
    [InlineData("""{"place":"Köln"}""", "Mcp-Param-Place", "Köln", false)]
    [InlineData("""{"place":"here"}""", "Mcp-Param-Place", "here", true)]
    [InlineData("""{"place":"here"}""", "Mcp-Param-Place", "Here", false)]
    [InlineData("""{"place":"here"}""", "Mcp-Param-Place", "=?base64?aGVyZQ?=", false)]
    [InlineData("""{"place":"here"}""", null, null, false)]
    [InlineData("""{"place":null}""", null, null, true)]
    [InlineData("""{}""", null, null, true)]
    [InlineData("""{"inner":{"count":3}}""", "Mcp-Param-Count", "3.0", true)]
    [InlineData("""{"inner":{"count":3}}""", "Mcp-Param-Count", "4", false)]
    [InlineData("""{"sure":true}""", "Mcp-Param-Sure", "true", true)]
    [InlineData("""{"sure":true}""", "Mcp-Param-Sure", "True", false)]
    public void A_header_says_what_the_argument_says(string arguments, string? header, string? value, bool isRight)
    {
        var request = new JsonRpcRequest
        {
            Id = new RequestId(1),
            Method = RequestMethods.ToolsCall,
            Params = new JsonObject { ["name"] = "tool", ["arguments"] = JsonNode.Parse(arguments) },
        };
        var headers = new HeaderDictionary { ["Mcp-Method"] = "tools/call", ["Mcp-Name"] = "tool" };
        if (header is not null)
        {
            headers[header] = value;
        }

        var error = RequestHeaders.Check(headers, request, static _ => MarkedParameter.Find(Schema));

        Assert.Equal(isRight ? null : (int)McpErrorCode.HeaderMismatch, error?.Code);
    }
}
