using System.Security.Cryptography;
using System.Text.Json;

namespace Hypergate.Simulator.XenOrchestra.World;

/// <summary>One number for everything that the data centre knows: the same before and after calls that only read.</summary>
internal static class WorldHash
{
    public static string Of(DataCentre world)
    {
        using var hash = new HashingStream();
        lock (world.Lock)
        {
            using var json = new Utf8JsonWriter(hash);
            json.WriteStartObject();
            foreach (var collection in world.Collections.OrderBy(c => c.Name, StringComparer.Ordinal))
            {
                json.WriteStartArray(collection.Name);
                foreach (var item in collection.All)
                {
                    item.WriteTo(json);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return hash.Result();
    }

    private sealed class HashingStream : MemoryStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public override void Write(byte[] buffer, int offset, int count) => _hash.AppendData(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => _hash.AppendData(buffer);

        public string Result() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
