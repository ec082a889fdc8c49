/** The page of the chat panel: begins with the extension's welcome, then draws. */
import { render } from 'preact';
import * as z from 'zod';
import { readyRequest } from '#shared/panelHost.ts';
import { App } from './App.tsx';
import { createComposer } from './composer/model.ts';
import { createHost, type Frame } from './host.ts';
import './panel.css';
import { createSession, windowPainting } from './session.ts';
import { speak } from './words.ts';

declare function acquireVsCodeApi(): Frame;

// The page's policy lets no code be made from text, and zod would try.
z.config({ jitless: true });

const host = createHost(acquireVsCodeApi(), window);
const welcome = await host.ask(readyRequest, {});
speak(welcome.words);
const root = document.getElementById('root');
const session = createSession(host, welcome, windowPainting);
if (root !== null) render(<App session={session} composer={createComposer(host, welcome)} />, root);
