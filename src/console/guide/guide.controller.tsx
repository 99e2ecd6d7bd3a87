import { Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { runbooks } from '../../alerts/index.js';
import { Requires } from '../../identity/index.js';
import { DomainError } from '../../kernel/index.js';
import { GUIDE_TOPICS, Pages, screen, type Screen } from '../kit/index.js';
import { AlertGuidePage } from './alert-guide.page.js';
import { GuidePage, TopicPage } from './guide.page.js';
import { TOPICS } from './topics.js';

/** Help: what each role does, and the main tasks step by step. */
@Pages()
@Requires()
export class GuidePages {
  @Get('guide')
  show(): Screen {
    return screen({ title: { vi: 'Hướng dẫn', en: 'Guide' }, body: <GuidePage /> });
  }

  /** Before the topics, whose addresses look alike. */
  @Get('guide/alerts')
  alerts(): Screen {
    return screen({
      title: { vi: 'Xử lý cảnh báo', en: 'What to do about alerts' },
      crumbs: [{ href: '/guide', text: { vi: 'Hướng dẫn', en: 'Guide' } }],
      body: <AlertGuidePage of={runbooks()} />,
    });
  }

  @Get('guide/:topic')
  topic(@Param('topic', { schema: z.string().max(40) }) slug: string): Screen {
    const found = GUIDE_TOPICS.find((topic) => topic === slug);
    if (!found) throw noSuchTopic();
    const topic = TOPICS[found];
    return screen({
      title: topic.title,
      crumbs: [{ href: '/guide', text: { vi: 'Hướng dẫn', en: 'Guide' } }],
      body: <TopicPage topic={topic} />,
    });
  }
}

const noSuchTopic = (): DomainError =>
  new DomainError('not-found', 'console.no-such-topic', {
    vi: 'Không có bài hướng dẫn này; xin xem danh sách ở trang Hướng dẫn.',
    en: 'There is no such topic; please see the guide.',
  });
