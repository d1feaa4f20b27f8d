using System.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Scripting;

/// <summary>The calls of one composite: counted, a few at once, each answered by the backend.</summary>
internal sealed class CompositeCalls(CompositeCall call, ScriptLimits limits) : IDisposable
{
    private readonly SemaphoreSlim _places = new(limits.CallsAtOnce);
    private readonly CancellationTokenSource _exceeded = new();

    /// <summary>Ends when it makes more calls than it may, whatever its code catches.</summary>
    public CancellationToken Exceeded => _exceeded.Token;

    public CallError Limit { get; } = new("call_limit", $"It makes more than {limits.Calls} calls ({limits.Setting("calls")}).");

    /// <summary>The error of a call that the code let through; null where it failed by itself.</summary>
    public static CallError? ErrorOf(ScriptFault fault) => fault.Data.ValueKind != JsonValueKind.Object ? null : new(fault.Code, fault.Message)
    {
        HttpStatus = fault.Data.TryGetProperty("http_status", out var status) && status.TryGetInt32(out var number) ? number : null,
        ProviderCode = fault.Data.TryGetProperty("provider_code", out var provider) && provider.ValueKind == JsonValueKind.String ? provider.GetString() : null,
        RetryAfter = fault.Data.TryGetProperty("retry_after", out var wait) && wait.TryGetDouble(out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
        Attempts = fault.Data.TryGetProperty("attempts", out var attempts) && attempts.TryGetInt32(out var times) ? times : 1,
    };

    public async Task<ScriptReply> AnswerAsync(ScriptCall one, CancellationToken cancellationToken)
    {
        if (one.Number > limits.Calls)
        {
            await _exceeded.CancelAsync();
            return new(false, ToolErrorJson.Of(Limit.Code, Limit.Message));
        }

        var tool = string.Join('_', one.Path);
        if (Encoding.UTF8.GetByteCount(one.Json) > limits.ArgumentKilobytes * 1024)
        {
            return new(false, ToolErrorJson.Of(tool, new("invalid_input", $"The arguments are longer than {limits.ArgumentKilobytes} kB ({limits.Setting("argumentKilobytes")}).")));
        }

        await _places.WaitAsync(cancellationToken);
        try
        {
            var json = ScriptJson.Of(await call(tool, JsonElement.Parse(one.Json), cancellationToken));
            return Encoding.UTF8.GetByteCount(json) <= limits.ResultMegabytes << 20
                ? new(true, json)
                : new(false, ToolErrorJson.Of(tool, new("too_large", $"The answer has more than {limits.ResultMegabytes} MB ({limits.Setting("resultMegabytes")}).")));
        }
        catch (ToolCallException exception)
        {
            return new(false, ToolErrorJson.Of(exception));
        }
        catch (JsonException)
        {
            return new(false, ToolErrorJson.Of(tool, new("invalid_input", "The arguments are no JSON object.")));
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _exceeded.Dispose();
    }
}
