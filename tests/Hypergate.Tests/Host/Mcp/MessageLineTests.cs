using System.Text;
using Hypergate.Host.Mcp;
using ModelContextProtocol.Protocol;

namespace Hypergate.Tests.Host.Mcp;

public sealed class MessageLineTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping"}""")]
    [InlineData("  {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"} \r")]
    [InlineData("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}")]
    public void A_request_is_read_whatever_stands_around_it(string line)
    {
        var message = MessageLine.Read(Encoding.UTF8.GetBytes(line), out var broken);

        Assert.Null(broken);
        Assert.Equal(new RequestId(7), Assert.IsType<JsonRpcRequest>(message).Id);
    }

    [Fact]
    public void Bytes_that_are_no_text_do_not_lose_the_request()
    {
        byte[] line = [.. """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x","arguments":{"a":"""u8, (byte)'"', 0xFF, (byte)'"', .. "}}}"u8];

        var request = Assert.IsType<JsonRpcRequest>(MessageLine.Read(line, out _));

        Assert.Equal("\uFFFD", request.Params!["arguments"]!["a"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7}""")]
    [InlineData("""{"id":7,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping"} {}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":""")]
    [InlineData("""{"params":{"id":8},"id":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a","name":"b"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"\uD83D"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"\uD83D":"a"}}""")]
    public void A_broken_request_is_answered_by_its_id(string line)
    {
        Assert.Null(MessageLine.Read(Encoding.UTF8.GetBytes(line), out var broken));

        var error = Assert.IsType<JsonRpcError>(broken);
        Assert.Equal((new RequestId(7), -32700), (error.Id, error.Error.Code));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(""" [{"jsonrpc":"2.0","id":7,"method":"ping"},{"jsonrpc":"2.0","id":8,"method":"ping"}]""")]
    [InlineData("""[{"jsonrpc":"2.0","method":"notifications/initialized"}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":""")]
    public void A_batch_is_answered_as_over_HTTP(string line)
    {
        Assert.Null(MessageLine.Read(Encoding.UTF8.GetBytes(line), out var broken));

        var error = Assert.IsType<JsonRpcError>(broken);
        Assert.Equal((null, -32600, "Batches are not supported: send one message in each line."), (error.Id.Id, error.Error.Code, error.Error.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r")]
    [InlineData("garbage")]
    [InlineData("42")]
    [InlineData("""{"jsonrpc":"2.0","id":{"a":1},"method":5}""")]
    [InlineData("""{"params":{"id":8}}""")]
    public void What_nobody_waits_for_is_not_answered(string line)
    {
        Assert.Null(MessageLine.Read(Encoding.UTF8.GetBytes(line), out var broken));
        Assert.Null(broken);
    }
}
