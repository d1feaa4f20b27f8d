using System.Text.Json;
using Hypergate.Backends;

namespace Hypergate.Tools.Utility.Summary;

/// <summary>An overview as data.</summary>
internal static class SummaryData
{
    private const int MostAttention = 20;

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<SummaryReading> readings)
    {
        writer.WriteStartArray("backends");
        foreach (var reading in readings)
        {
            writer.WriteStartObject();
            writer.WriteString("backend", reading.Backend);
            if (reading.Problem is { } problem)
            {
                writer.WriteString("problem", problem);
            }

            if (reading.Summary is { } summary)
            {
                Write(writer, summary);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, InfrastructureSummary summary)
    {
        writer.WriteNumber("pools", summary.Pools.Count);
        writer.WriteNumber("hosts", summary.Hosts.Count);
        writer.WriteStartObject("vms");
        foreach (var (state, count) in summary.Vms)
        {
            writer.WriteNumber(state, count);
        }

        writer.WriteEndObject();
        writer.WriteNumber("storage_used_bytes", summary.Storage.Sum(static item => item.Used));
        writer.WriteNumber("storage_size_bytes", summary.Storage.Sum(static item => item.Size));
        writer.WriteStartArray("attention");
        foreach (var line in summary.Attention.Take(MostAttention))
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
    }
}
