using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>The spelling of what a record tells: its members without braces, which do not depend on its place in the chain.</summary>
internal static class AuditBody
{
    private const int UsualLength = 1_024;
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of a record.</summary>
    public static byte[] Of(AuditRecord record, AuditScrubbing scrubbing)
    {
        var opening = record.Opening is { } known && known.Secrets == scrubbing.Secrets() ? known : Open(record, scrubbing);
        var ending = Spell(scrubbing, writer => WriteEnding(writer, record));
        return ending.IsEmpty ? opening.Spelled.ToArray() : [.. opening.Spelled.Span, (byte)',', .. ending.Span];
    }

    /// <summary>What is known of a call before its end.</summary>
    public static AuditOpening Open(AuditRecord record, AuditScrubbing scrubbing)
    {
        var secrets = scrubbing.Secrets();
        return new(Spell(scrubbing, writer => WriteOpening(writer, record)), secrets);
    }

    private static ReadOnlyMemory<byte> Spell(AuditScrubbing scrubbing, Action<AuditMembers> write)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualLength);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(new(json, scrubbing));
            json.WriteEndObject();
        }

        return buffer.WrittenMemory[1..^1];
    }

    private static void WriteOpening(AuditMembers to, AuditRecord record)
    {
        to.WriteOwn("phase", Word(record.Phase.ToString()));
        to.WriteOwn("call", record.CallId);
        to.Write("parent", record.Parent);
        to.WriteOwn("trace", record.Trace);
        to.Write("caller", record.Caller);
        to.Write("roles", record.Roles);
        to.WriteOwn("authenticated_by", record.AuthenticatedBy);
        to.WriteOwn("address", record.Origin.Address);
        to.Write("client", record.Origin.Client);
        to.WriteOwn("surface", record.Origin.Surface);
        to.Write("tool", record.Tool);
        to.Write("backend", record.Backend);
        to.Write("operation", record.Operation);
        to.WriteOwn("access", record.Access is { } access ? Word(access.ToString()) : "");
        to.WriteArguments(record.Arguments);
    }

    private static void WriteEnding(AuditMembers to, AuditRecord record)
    {
        to.Write(record.Notes?.Target);
        to.Write("objects", record.Objects);
        to.WriteOwn("decision", record.Decision);
        to.WriteOwn("rule", record.Notes?.Rule ?? "");
        to.Write("consent", record.Consent);
        to.WriteOwn("outcome", record.Outcome);
        to.Write("status", record.Status);
        to.Write("detail", record.Detail);
        to.WriteOwn("ended", record.Ended?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "");
        to.Write("duration_ms", record.DurationMilliseconds);
        to.Write("bytes", record.Bytes);
        if (record is { Notes: { IsSender: true } notes, Phase: not AuditPhase.Begin })
        {
            to.WriteSending(notes);
        }

        to.Write(record.Result);
    }

    private static string Word(string name) => name.ToLowerInvariant();
}

/// <summary>What is known of a call before its end, spelled.</summary>
/// <param name="Spelled">Members of a JSON object, without braces.</param>
/// <param name="Secrets">How many secrets were known then; with more of them it has to be spelled again.</param>
internal sealed record AuditOpening(ReadOnlyMemory<byte> Spelled, int Secrets);
