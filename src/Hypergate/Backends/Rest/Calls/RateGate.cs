using System.Globalization;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Holds calls back while a platform says that their quota is used up.</summary>
internal sealed class RateGate(TimeProvider time)
{
    private const long LooksLikeMoment = 1_000_000_000;

    // Ticks of the moment until which nothing is sent; 0 for none.
    private long _until;

    /// <summary>How long to wait; zero for not at all.</summary>
    public TimeSpan Wait
    {
        get
        {
            var left = Interlocked.Read(ref _until) - time.GetUtcNow().Ticks;
            return left > 0 ? TimeSpan.FromTicks(left) : TimeSpan.Zero;
        }
    }

    /// <summary>Looks at what an answer says of the quota.</summary>
    public void Note(ErrorRules rules, HttpReply reply)
    {
        if (rules.QuotaHeader is not { } quota || reply.Header(quota) is not { } left)
        {
            return;
        }

        var isUsedUp = left.Trim() == "0" && rules.ResetHeader is { } reset && After(reply.Header(reset)) is { } wait && wait > TimeSpan.Zero;
        Interlocked.Exchange(ref _until, isUsedUp ? (time.GetUtcNow() + After(reply.Header(rules.ResetHeader!))!.Value).Ticks : 0);
    }

    /// <summary>Seconds from now, a Unix time, an HTTP date or an ISO time; null where it is none of these.</summary>
    public TimeSpan? After(string? header)
    {
        if (header is null)
        {
            return null;
        }

        if (double.TryParse(header, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number < LooksLikeMoment ? TimeSpan.FromSeconds(number) : DateTimeOffset.FromUnixTimeMilliseconds((long)(number * 1000)) - time.GetUtcNow();
        }

        return DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment - time.GetUtcNow() : null;
    }
}
