using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>Explains empty lists by the rights of the caller, which are kept for a minute.</summary>
internal sealed class EmptyAnswers(PlatformClient client, EmptyRules rules, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private Known? _known;

    /// <summary>Why a list may be empty; nothing where it is not, or where no right is missing.</summary>
    public async Task<IEnumerable<string>> ExplainAsync(Call call, JsonElement value, CancellationToken cancellationToken)
    {
        if (call.Operation.Result != ResultShape.List || call.Operation.Changes || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 0)
        {
            return [];
        }

        return await RightsAsync(cancellationToken) is { } rights ? rules.Explain(call, rights) : [];
    }

    private async Task<JsonElement?> RightsAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) is { } known && known.Ends > time.GetUtcNow())
        {
            return known.Rights;
        }

        if (await client.GetAsync(rules.Path, cancellationToken) is not HttpReply { IsSuccess: true } reply)
        {
            return null;
        }

        var rights = client.Inside(reply);
        Volatile.Write(ref _known, new Known(rights, time.GetUtcNow() + Lifetime));
        return rights;
    }

    private sealed record Known(JsonElement Rights, DateTimeOffset Ends);
}
