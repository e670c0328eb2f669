"""A right echo server over TCP by asyncio. Over UDP its transport drops empty datagrams."""

import asyncio

LIMIT = 128


async def serve(reader, writer):
    try:
        while received := await reader.read(LIMIT):
            writer.write(received)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
    except OSError:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print("listening", port, flush=True)
    await server.serve_forever()


asyncio.run(main())
